import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answersAll } from '../../src/behavior/kinds/answersAll.ts'
import { hostileInputs } from '../../src/behavior/hostileInputs.ts'
import { invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { mft } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { exactJson } from '../../src/bytes/exactJson.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { baselineText } from '../../src/models/baselineFile.ts'
import { chat } from '../../src/models/chat.ts'
import { exec } from '../../src/models/exec.ts'
import { http, mlflow } from '../../src/models/http.ts'
import { type Model, model } from '../../src/models/model.ts'
import { predictions } from '../../src/models/predictions.ts'
import { recorded } from '../../src/models/recorded.ts'
import { perturb } from '../../src/perturbations/index.ts'
import { temporaryFile, temporaryFolder } from '../helpers/files.ts'
import { predicted } from '../helpers/predicted.ts'

// 2^53 + 1, which no number is.
const BIG = '9007199254740993'
const folder = temporaryFolder()

/** Answers with what it was posted, as text. */
const server = createServer((request, response) => {
  let text = ''
  request.on('data', (chunk: Buffer) => (text += chunk.toString()))
  request.on('end', () => {
    if (request.url === '/invocations')
      response.end(text.replace(/^\{"(inputs|dataframe_records)":(.*)\}$/s, '{"predictions":$2}'))
    else if (request.url === '/chat/completions') {
      const { messages } = JSON.parse(text) as { messages: { content: string }[] }
      response.end(JSON.stringify({ choices: [{ message: { content: messages.at(-1)?.content } }] }))
    } else response.end(text)
  })
})
let base: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const statusOf = async (answering: Model, cases: Parameters<typeof passMft>[1]) =>
  (await evaluate([passMft(answering, cases)]))[0]?.status

test.each<[string, (whole: string) => string]>([
  ['c.csv', (whole) => `input,expected\nx,${whole}\n`],
  ['c.jsonl', (whole) => `{"input":"x","expected":${whole}}\n`],
  ['c.json', (whole) => `[{"input":"x","expected":${whole}}]`],
  ['c.yaml', (whole) => `- input: x\n  expected: ${whole}\n`],
  ['text.jsonl', (whole) => `{"input":"x","expected":"${whole}"}\n`],
  ['oneOf.json', (whole) => `[{"input":"x","expected":[${whole}],"compare":"oneOf"}]`],
])('cases of %s expect a whole number to its last digit', async (name, text) => {
  const cases = mft(await temporaryFile(name, text(BIG)))
  expect(
    await statusOf(
      model('right', () => BigInt(BIG)),
      cases,
    ),
  ).toBe('pass')
  expect(
    await statusOf(
      model('wrong', () => BigInt(BIG) - 1n),
      cases,
    ),
  ).toBe('fail')
  const next = mft(await temporaryFile(name, text('9007199254740992')))
  expect(
    await statusOf(
      model('right', () => Number(BIG)),
      next,
    ),
  ).toBe('pass')
  expect(
    await statusOf(
      model('wrong', () => BigInt(BIG)),
      next,
    ),
  ).toBe('fail')
})

test.each<[string, (whole: string) => Model | Promise<Model>]>([
  ['predictions of CSV', async (whole) => predictions(await temporaryFile('p.csv', `input,prediction\nx,${whole}\n`))],
  [
    'predictions by input',
    async (whole) => predictions(await temporaryFile('p.jsonl', `{"input":"x","prediction":${whole}}\n`)),
  ],
  ['predictions of JSON', async (whole) => predictions(await temporaryFile('p.json', `[${whole}]`))],
  [
    'a label in JSON',
    async (whole) => predictions(await temporaryFile('p.jsonl', `{"label":${whole},"scores":{"a":1}}\n`)),
  ],
  [
    'a baseline',
    async (whole) => {
      const rows = [{ input: 'x', answer: { value: BigInt(whole) } }]
      return predictions(await temporaryFile('b.jsonl', baselineText({ name: 'm', fingerprint: undefined }, rows)))
    },
  ],
  ['an endpoint', (whole) => http(`${base}/?${whole}`, { request: () => BigInt(whole) })],
  ['a process', (whole) => exec(`while read -r line; do echo ${whole}; done`)],
])('%s answers a whole number to its last digit', async (_, answering) => {
  const right = await answering(BIG)
  const cases = mft([{ input: 'x', expected: BigInt(BIG) }])
  expect((await predicted(right, ['x'])).errors.size).toBe(0)
  expect(await statusOf(right, cases)).toBe('pass')
  expect(await statusOf(await answering('9007199254740992'), cases)).toBe('fail')
})

test.each([
  ['a bigint', BigInt(BIG)],
  ['a bigint of zeros', 12345678901234567000n],
  ['the number beside it', 12345678901234567168],
  ['a number with an exponent', 1e21],
  ['an object', { ids: [BigInt(BIG), 1, 1.5] }],
])('what was recorded is what was answered: %s', async (name, value) => {
  const cases = mft([{ input: 'x', expected: value }])
  for (const mode of ['auto', 'replay'] as const) {
    const kept = recorded(
      model(name, () => value, { fingerprint: '1' }),
      { folder, mode },
    )
    expect(await statusOf(kept, cases), mode).toBe('pass')
  }
})

test('a text that writes JSON is compared to the last digit of its numbers, on either side', async () => {
  const expected = { id: BigInt(BIG) }
  const near = { id: BigInt(BIG) - 1n }
  const partial = mft([{ input: 'x', expected, compare: 'partial' }])
  const byText = mft([{ input: 'x', expected: `{"id":${BIG}}` }])
  expect(
    await statusOf(
      model('right', () => `{"id":${BIG}}`),
      partial,
    ),
  ).toBe('pass')
  expect(
    await statusOf(
      model('wrong', () => '{"id":9007199254740992}'),
      partial,
    ),
  ).toBe('fail')
  expect(
    await statusOf(
      model('right', () => expected),
      byText,
    ),
  ).toBe('pass')
  expect(
    await statusOf(
      model('wrong', () => near),
      byText,
    ),
  ).toBe('fail')
})

test('an answer with such a number holds to a JSON Schema', async () => {
  const schema = { type: 'object', properties: { id: { type: 'integer' } } }
  const cases = mft([{ input: 'x', expected: schema, compare: 'schema' }])
  expect(await statusOf(http(base, { request: () => ({ id: BigInt(BIG) }) }), cases)).toBe('pass')
  expect(await statusOf(http(base, { request: () => ({ id: String(BIG) }) }), cases)).toBe('fail')
})

/** A row of every type of a file, as `rows()` and `over: dataset` hand it over. */
const everyType = async () =>
  dataset(
    await temporaryFile(
      'every.jsonl',
      `{"small":1,"big":${BIG},"part":1.5,"is":true,"none":null,"text":"a","day":"2026-01-02","list":[1,${BIG}],"inner":{"n":2,"m":null}}\n`,
    ),
    { types: { day: 'date' } },
  )
const said = {
  small: 1,
  big: BigInt(BIG),
  part: 1.5,
  is: true,
  none: null,
  text: 'a',
  day: expect.stringMatching(/^2026-01-02/) as unknown,
  list: [1, BigInt(BIG)],
  inner: { n: 2, m: null },
}

test.each<[string, () => Model, (answer: unknown) => unknown]>([
  ['an endpoint', () => http(base), (answer) => answer],
  [
    'an endpoint with a request',
    () => http(base, { request: (row) => ({ row }), response: 'row' }),
    (answer) => answer,
  ],
  ['MLflow', () => mlflow(base), (answer) => answer],
  ['a chat', () => chat(base, { model: 'm' }), (answer) => exactJson(String(answer))],
  ['a process', () => exec('cat'), (answer) => answer],
  ['a recording of it', () => recorded(http(base, { fingerprint: '1' }), { folder, mode: 'auto' }), (answer) => answer],
])('whatever a row holds reaches %s', async (_, answering, read) => {
  const every = await everyType()
  const { values, errors } = await predicted(answering(), await every.rows())
  expect([...errors]).toEqual([])
  expect(values.map(read)).toEqual([said])
  const [result] = await evaluate([answersAll(answering(), { on: every })])
  expect(result?.status).toBe('pass')
})

test('a toJSON that a program gave to bigints changes nothing that a model is sent', async () => {
  Object.defineProperty(BigInt.prototype, 'toJSON', { value: () => 'changed', configurable: true })
  try {
    const { values } = await predicted(http(base), await (await everyType()).rows())
    expect(values).toEqual([said])
  } finally {
    delete (BigInt.prototype as { toJSON?: unknown }).toJSON
  }
})

test('whatever a row holds is found by its input, in a baseline and in what was collected', async () => {
  const rows = await (await everyType()).rows()
  const answered = rows.map((input) => ({ input, answer: { value: 'a' } }))
  const file = await temporaryFile('b.jsonl', baselineText({ name: 'm', fingerprint: undefined }, answered))
  expect((await predicted(predictions(file), rows)).values).toEqual(['a'])
  const collect = path.join(folder, 'to-predict.jsonl')
  const waiting = predictions(path.join(folder, 'none.jsonl'), { collect })
  expect((await predicted(waiting, rows)).errors.get(0)).toMatch(/^has no prediction yet/)
  expect(exactJson(readFileSync(collect, 'utf8'))).toEqual({ input: said })
})

test('rows with whole numbers are perturbed and made hostile as others are', async () => {
  const rows = await (await everyType()).rows()
  const [result] = await evaluate([invariantTo(http(base), perturb.fieldOrder(), { over: rows })])
  expect(result?.status).toBe('pass')
  const on = hostileInputs(rows[0])
  expect(on).toContainEqual(expect.objectContaining({ big: 2 ** 31, text: 'a' }))
  const [asked] = await evaluate([answersAll(http(base), { on })])
  expect(asked?.status).toBe('pass')
})
