import { exactJsonText } from '../bytes/exactJson.ts'
import { AssayError, kindOf, textOf } from '../errors.ts'
import { ownOptions } from '../options.ts'
import { answer, cutAnswer, type Usage } from './answer.ts'
import { CallError } from './attempts.ts'
import { http, type HttpOptions } from './http.ts'
import { callOptions, type Model } from './model.ts'
import { sentText } from './sentText.ts'

/** What `chat` can be told. */
export interface ChatOptions extends Omit<HttpOptions, 'request' | 'response' | 'batch' | 'headers'> {
  /**
   * Which model of the endpoint answers.
   * @example { model: 'small-1' }
   */
  readonly model: string
  /**
   * The key that is sent as bearer; shown nowhere.
   * @example { model: 'small-1', key: process.env.CHAT_KEY }
   */
  readonly key?: string | undefined
  /**
   * What the model is told before each input.
   * @example { model: 'small-1', system: 'Answer with one word: positive or negative.' }
   */
  readonly system?: string
  /**
   * The message of the user, from the input; default: a text as it is, else its JSON.
   * @example { model: 'small-1', prompt: ({ title }) => `Is this spam? ${title}` }
   */
  readonly prompt?: (input: never) => string
  /**
   * How freely it answers; default 0.
   * @example { model: 'small-1', temperature: 0.7 }
   */
  readonly temperature?: number
  /**
   * Tokens it may answer with.
   * @example { model: 'small-1', maxTokens: 5 }
   */
  readonly maxTokens?: number
  /**
   * What a million tokens cost, of what it is told and of what it answers: then answers tell their cost. An answer without
   * its usage is an error then.
   * @example { model: 'small-1', price: { input: 0.15, output: 0.6 } }
   */
  readonly price?: { readonly input: number; readonly output: number }
}

interface Completion {
  readonly choices?: readonly { readonly message?: { readonly content?: unknown }; readonly finish_reason?: unknown }[]
  readonly error?: unknown
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number }
}

/**
 * A model behind an endpoint that speaks the chat form of OpenAI, which many servers do: the address is what stands before
 * `/chat/completions`. Its answer is the text of the first choice, trimmed, with the tokens it took.
 * @example chat('http://127.0.0.1:8080/v1', { model: 'small-1', system: 'Answer positive or negative.' })
 */
export function chat(url: string | URL, options: ChatOptions): Model {
  const {
    model,
    key,
    system,
    prompt,
    temperature = 0,
    maxTokens,
    name,
    price,
    ...rest
  } = ownOptions('chat()', options, [
    'model',
    'key',
    'system',
    'prompt',
    'temperature',
    'maxTokens',
    'name',
    'price',
    ...callOptions,
  ])
  if (typeof model !== 'string' || model === '')
    throw new AssayError('wrong-argument', `chat() got ${kindOf(model)} as model`, {
      hint: "say which model answers, e.g. { model: 'small-1' }",
    })
  if (price !== undefined && !isPrice(price))
    throw new AssayError('wrong-argument', `chat() got price: ${textOf(JSON.stringify(price))}`, {
      hint: 'what a million tokens cost, e.g. { price: { input: 0.15, output: 0.6 } }',
    })
  const base = String(url).replace(/\/+$/, '')
  const made = http(`${base}/chat/completions`, {
    timeout: 120_000,
    ...rest,
    name: name ?? model,
    ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
    request: (input: unknown) => ({
      model,
      temperature,
      stream: false,
      ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
      messages: [
        ...(system === undefined ? [] : [{ role: 'system', content: system }]),
        {
          role: 'user',
          content: prompt ? prompt(input as never) : typeof input === 'string' ? input : sentText(input),
        },
      ],
    }),
    response: ({ choices, usage, error }: Completion) => {
      const [choice] = Array.isArray(choices) ? (choices as NonNullable<Completion['choices']>) : []
      const content = choice?.message?.content
      const reason = typeof choice?.finish_reason === 'string' ? choice.finish_reason : undefined
      const ended = reason === undefined ? '' : `, finish_reason ${reason}`
      const spent = usageOf(usage, price)
      const none = (why: string): CallError => new CallError(why, { usage: spent })
      if (typeof content !== 'string')
        throw none(
          error === undefined || error === null
            ? `there is no choices[0].message.content${ended}`
            : `there is an error: ${exactJsonText(error)?.slice(0, 200)}`,
        )
      // No text is no answer: it would hold to whatever an answer must not say.
      if (content.trim() === '') throw none(`choices[0].message.content is empty${ended}`)
      if (price && spent?.cost === undefined) throw new Error('there is no usage, so that what it cost is unknown')
      const parts = { value: content.trim(), ...(spent === undefined ? {} : { usage: spent }) }
      return reason !== undefined && CUT.has(reason) ? cutAnswer(parts, `finish_reason ${reason}`) : answer(parts)
    },
  })
  return price ? made : Object.assign(made, { unpriced: true as const })
}

/** Reasons to stop before the end. */
const CUT: ReadonlySet<string> = new Set(['length', 'content_filter'])

/** What an answer took, and what that costs where both sides of it are known. */
function usageOf(usage: Completion['usage'] | null, price: ChatOptions['price']): Usage | undefined {
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = usage ?? {}
  const cost =
    price && isCount(inputTokens) && isCount(outputTokens)
      ? (price.input * inputTokens + price.output * outputTokens) / 1e6
      : undefined
  const spent = {
    ...(inputTokens === undefined ? {} : { inputTokens }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
    ...(cost === undefined ? {} : { cost }),
  }
  return Object.keys(spent).length === 0 ? undefined : spent
}

const isCount = (value: unknown): value is number => typeof value === 'number' && value >= 0

function isPrice(price: unknown): boolean {
  const { input, output } = (price ?? {}) as { input?: unknown; output?: unknown }
  return [input, output].every((one) => typeof one === 'number' && one >= 0 && one < Infinity)
}
