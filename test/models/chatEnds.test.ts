import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { passMft, respondsWithin, scored } from '../../src/behavior/index.ts'
import { mft } from '../../src/behavior/mft.ts'
import { evaluate } from '../../src/checks/index.ts'
import { chat } from '../../src/models/chat.ts'
import { http } from '../../src/models/http.ts'

/** Answers with what the user's message says: `<finish_reason> <content>`, each for 7 and 5 tokens. */
let server: Server
let base: string
let asked = 0
const waits = new Map<string, string>()

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      asked++
      const wait = waits.get(request.url ?? '')
      if (wait !== undefined) return void response.writeHead(429, { 'retry-after': wait }).end('slow down')
      const { messages } = JSON.parse(text) as { messages: { content: string }[] }
      const [finish_reason, ...words] = String(messages.at(-1)?.content).split(' ')
      const choices = [{ message: { content: words.join(' ') }, finish_reason }]
      response.end(JSON.stringify({ choices, usage: { prompt_tokens: 7, completion_tokens: 5 } }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const small = () => chat(base, { model: 'small-1', price: { input: 1, output: 2 } })

test('an answer that was cut off is told of, whatever the verdict', async () => {
  const cases = mft([
    { input: 'length yes', expected: 'yes' },
    { input: 'length yes indeed', expected: 'yes.*', compare: 'matches' },
    { input: 'stop no', expected: 'no' },
  ])
  const [held, accuracy] = await evaluate([
    passMft(small(), cases),
    scored(
      small(),
      { accuracy: { min: 0.1 } },
      cases.filter(({ compare }) => compare === 'equals'),
    ),
  ])
  expect(held).toMatchObject({
    status: 'pass',
    message: '2 answers were cut off before the end (finish_reason length)',
  })
  expect(accuracy?.message).toMatch(/1 answer was cut off before the end \(finish_reason length\)$/)
})

test('where a cut answer is wrong, or of another form, that is named as a cause', async () => {
  const cases = mft([
    { input: 'length {"city": "Ber', expected: '{"type":"object"}', compare: 'schema' },
    { input: 'length y', expected: 'yes' },
    { input: 'stop n', expected: 'no' },
  ])
  const [result] = await evaluate(passMft(small(), cases))
  const examples = result?.evidence?.flatMap((block) => (block.kind === 'examples' ? block.examples : [])) ?? []
  expect(result?.status).toBe('fail')
  expect(examples.map(({ reason }) => reason).toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
    expect.stringMatching(/^it was cut off before its end \(finish_reason length\)/),
    expect.stringMatching(/^the answer is no JSON: .*; it was cut off before its end \(finish_reason length\)/),
    undefined,
  ])
  const labelled = chat(base, { model: 'm', labels: ['positive', 'negative'] })
  expect((await labelled.predict(['length posit', 'stop positive'])).map(({ error }) => error)).toEqual([
    'answered the label "posit", which is not declared: it was cut off before its end (finish_reason length)',
    undefined,
  ])
})

test('an empty answer is none, and what it took counts all the same', async () => {
  const [empty] = await small().predict(['length '])
  expect(empty).toEqual({
    error: 'answered what response() cannot read: choices[0].message.content is empty, finish_reason length',
    usage: { inputTokens: 7, outputTokens: 5, cost: 17 / 1e6 },
  })
  const [result] = await evaluate(
    respondsWithin(small(), { cost: 1 }, { errorRate: 0.5, on: ['stop yes', 'length ', 'stop no', 'stop maybe'] }),
  )
  expect(result?.status).toBe('pass')
  expect(result?.evidence?.find(({ kind }) => kind === 'calls')).toMatchObject({
    inputTokens: 28,
    outputTokens: 20,
    cost: (4 * 17) / 1e6,
  })
})

test.each([
  ['3600', /asks to wait 60 min 0 s, and 30 s is the most$/],
  ['Fri, 01 Jan 2100 00:00:00 GMT', /asks to wait [\d,]+ min \d+ s, and 30 s is the most$/],
])('a server that asks for longer than is waited (%s) is not asked again', async (wait, why) => {
  waits.set('/busy', wait)
  asked = 0
  const [answer] = await http(`${base}/busy`, { retries: 5 }).predict(['x'])
  expect(answer?.error).toMatch(/^answered with status 429: slow down; it /)
  expect(answer?.error).toMatch(why)
  expect(asked).toBe(1)
})

test.each(['0', '0.001', '120.5x', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
  'one that asks for less, or for nothing that is a time (%s), is asked again',
  async (wait) => {
    waits.set('/again', wait)
    asked = 0
    await http(`${base}/again`, { retries: 2, backoff: 1 }).predict(['x'])
    expect(asked).toBe(3)
  },
)
