import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chat } from '../../src/models/chat.ts'
import { http, mlflow } from '../../src/models/http.ts'
import { model } from '../../src/models/model.ts'
import { recorded } from '../../src/models/recorded.ts'
import { predicted } from '../helpers/predicted.ts'
import { temporaryFolder } from '../helpers/files.ts'

let server: Server
let base: string
const seen: { url: string; headers: Record<string, unknown>; body: unknown }[] = []
let under = 0
let most = 0
const failures = new Map<string, number>()

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      const body = JSON.parse(text) as {
        text?: string
        messages?: { content: string }[]
        inputs?: number[]
        dataframe_records?: { x: number }[]
      }
      const url = request.url ?? ''
      seen.push({ url, headers: request.headers, body })
      most = Math.max(most, ++under)
      const send = (status: number, value: unknown, headers = {}) => {
        setTimeout(() => {
          under--
          response.writeHead(status, { 'content-type': 'application/json', ...headers })
          response.end(typeof value === 'string' ? value : JSON.stringify(value))
        }, 2)
      }
      const tried = failures.get(text) ?? 0
      failures.set(text, tried + 1)
      if (url === '/plain') send(200, { result: { label: String(body.text).toUpperCase() } })
      else if (url === '/busy')
        send(...((tried < 2 ? [503, 'busy', { 'retry-after': '0' }] : [200, '"ok"']) as [number, string, object?]))
      else if (url === '/wrong') send(400, { detail: 'no such field' })
      else if (url === '/html') send(200, '<html>Sign in</html>')
      else if (url === '/hang') under--
      else if (url === '/invocations')
        send(200, {
          predictions: (body.dataframe_records ?? body.inputs ?? []).map(
            (one) => (typeof one === 'number' ? one : one.x) * 2,
          ),
        })
      else if (url === '/v1/chat/completions')
        send(200, {
          choices: [{ message: { role: 'assistant', content: ` ${String(body.messages?.at(-1)?.content).length}\n` } }],
          usage: { prompt_tokens: 7, completion_tokens: 1 },
        })
      else send(404, '')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
const folder = temporaryFolder()

const quick = { backoff: 1, request: (text: string) => ({ text }) }

describe('a model behind an address', () => {
  test('is posted each input as JSON, and read by a path or a function', async () => {
    const byPath = http(`${base}/plain`, { ...quick, response: 'result.label', headers: { 'x-team': 'a' } })
    const byFunction = http(`${base}/plain`, {
      ...quick,
      response: ({ result }: { result: { label: string } }) => result.label,
    })
    expect((await predicted(byPath, ['a', 'b'])).values).toEqual(['A', 'B'])
    expect((await predicted(byFunction, ['c'])).values).toEqual(['C'])
    expect((await predicted(http(`${base}/plain`, quick), ['d'])).values).toEqual([{ result: { label: 'D' } }])
    expect(seen.at(0)).toMatchObject({ url: '/plain', body: { text: 'a' }, headers: { 'x-team': 'a' } })
  })

  test('is not asked about a number that JSON has no word for: the error says where it stands', async () => {
    const before = seen.length
    const whole = http(`${base}/plain`, { retries: 0 })
    const odd = [{ secret: 'x', list: [{ n: Number.NaN }] }, { n: -Infinity, none: null }, Number.POSITIVE_INFINITY]
    expect((await whole.predict(odd)).map(({ error }) => error)).toEqual([
      'was not asked: its request holds NaN at list[0].n',
      'was not asked: its request holds -Infinity at n',
      'was not asked: its request holds Infinity',
    ])
    const chatting = chat(base, { model: 'm' })
    expect((await chatting.predict([{ n: Number.NaN }]))[0]?.error).toContain('its request holds NaN at n')
    expect(seen.length).toBe(before)
    await whole.predict([{ text: 'a', none: null }])
    expect(seen.at(-1)?.body).toEqual({ text: 'a', none: null })
  })

  test('is tried again when it is busy, and not when the request is wrong', async () => {
    expect((await predicted(http(`${base}/busy`, quick), ['x'])).values).toEqual(['ok'])
    const before = seen.length
    const { errors } = await predicted(http(`${base}/wrong`, quick), ['x'])
    expect(errors.get(0)).toBe('answered with status 400: {"detail":"no such field"}')
    expect(seen.length - before).toBe(1)
  })

  test.each<[string, () => ReturnType<typeof http>, RegExp]>([
    ['no JSON', () => http(`${base}/html`, quick), /answered no JSON: "<html>Sign in<\/html>"/],
    [
      'another answer',
      () => http(`${base}/plain`, { ...quick, response: 'label' }),
      /answered without "label": \{"result"/,
    ],
    [
      'what response() throws at',
      () =>
        http(`${base}/plain`, {
          ...quick,
          response: () => {
            throw new Error('no')
          },
        }),
      /cannot read: no/,
    ],
    ['silence', () => http(`${base}/hang`, { ...quick, timeout: 50, retries: 0 }), /did not answer within 50 ms/],
    ['nobody', () => http('http://127.0.0.1:9/', { ...quick, retries: 0 }), /could not be reached: /],
    ['nothing there', () => http(`${base}/nowhere`, quick), /answered with status 404$/],
  ])('%s is an error of its input', async (_, make, message) => {
    expect((await predicted(make(), ['x'])).errors.get(0)).toMatch(message)
  })

  test('shows no secret, and gets as many calls at a time as it may', async () => {
    const secret = http(`http://user:hidden@${base.slice(7)}/plain?token=hidden`, quick)
    expect(JSON.stringify([secret.name, secret.source])).not.toContain('hidden')
    await predicted(secret, ['x'])
    expect(seen.at(-1)?.headers.authorization).toBe(`Basic ${btoa('user:hidden')}`)
    most = 0
    await predicted(
      http(`${base}/plain`, { ...quick, concurrency: 5 }),
      Array.from({ length: 60 }, (_, i) => `n${i}`),
    )
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(5)
  })

  test('of MLflow takes batches of records or values', async () => {
    expect((await predicted(mlflow(base), [1, 2, 3])).values).toEqual([2, 4, 6])
    expect((await predicted(mlflow(base, { batch: 2 }), [{ x: 1 }, { x: 2 }, { x: 3 }])).values).toEqual([2, 4, 6])
  })

  test('that chats is told the system’s words and the input, and tells the tokens', async () => {
    const small = chat(`${base}/v1/`, { model: 'small', system: 'Count.', key: 'hidden', maxTokens: 3 })
    const {
      answers: [first],
    } = { answers: await small.predict(['four']) }
    expect(first).toMatchObject({ value: '4', usage: { inputTokens: 7, outputTokens: 1 } })
    expect(seen.at(-1)).toMatchObject({
      headers: { authorization: 'Bearer hidden' },
      body: {
        model: 'small',
        temperature: 0,
        max_tokens: 3,
        messages: [
          { role: 'system', content: 'Count.' },
          { role: 'user', content: 'four' },
        ],
      },
    })
  })

  test('wrong options are named', () => {
    expect(() => http('ftp://x')).toThrow('"ftp://x" as address')
    expect(() => http(`${base}/`, { response: 3 as never })).toThrow('a number as response')
    expect(() => http(`${base}/`, { reponse: 'a' } as never)).toThrow('did you mean response?')
    expect(() => chat(base, {} as never)).toThrow('undefined as model')
  })
})

describe('recorded answers', () => {
  const counted = (fingerprint = 'v1') => {
    const asked: string[] = []
    return {
      asked,
      tested: model('count@1', (text: string) => (asked.push(text), text === 'bad' ? undefined : text.length), {
        fingerprint,
      }),
    }
  }
  test('serve later runs; another version, repeats and errors are asked', async () => {
    const first = counted()
    expect((await predicted(recorded(first.tested, { folder, mode: 'auto' }), ['a', 'bb', 'bad'])).values).toEqual([
      1,
      2,
      undefined,
    ])
    const second = counted()
    const again = recorded(second.tested, { folder, mode: 'auto' })
    expect((await predicted(again, ['bb', 'ccc', 'bad'])).values).toEqual([2, 3, undefined])
    expect(second.asked).toEqual(['ccc', 'bad'])
    await again.predict(['bb'], { trial: 1 })
    expect(second.asked).toEqual(['ccc', 'bad', 'bb'])
    const other = counted('v2')
    await recorded(other.tested, { folder, mode: 'auto' }).predict(['a'])
    expect(other.asked).toEqual(['a'])
  })

  test('are replayed without the model, and what was not recorded is an error', async () => {
    const { asked, tested } = counted()
    const { values, errors } = await predicted(recorded(tested, { folder, mode: 'replay' }), ['a', 'new'])
    expect([values, errors.get(1)]).toEqual([[1, undefined], 'was not recorded: run once with mode "auto"'])
    expect(asked).toEqual([])
  })

  test('hold no input, and a damaged line is named', async () => {
    const [file = ''] = readdirSync(folder).sort()
    const text = readFileSync(path.join(folder, file), 'utf8')
    expect(text).not.toContain('bb')
    writeFileSync(path.join(folder, file), `${text}oops\n`)
    const fingerprints = ['v1', 'v2'].map((one) =>
      recorded(counted(one).tested, { folder, mode: 'replay' }).predict(['a']),
    )
    const outcomes = await Promise.allSettled(fingerprints)
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const broken = outcomes.find((one) => one.status === 'rejected') as PromiseRejectedResult
    expect(String(broken.reason)).toMatch(/line \d of .* is no recorded answer/)
  })

  test('need a fingerprint', () => {
    expect(() =>
      recorded(
        model('m@1', () => 1),
        { folder },
      ),
    ).toThrow('needs a fingerprint of m@1')
    expect(() => recorded(counted().tested, { folder: '' })).toThrow('folder:')
    expect(() => recorded(counted().tested, { folder, mode: 'reply' as never })).toThrow('mode: reply')
  })
})
