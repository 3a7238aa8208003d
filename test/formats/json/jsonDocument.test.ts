import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passDocument } from '../../../src/formats/json/jsonDocumentPass.ts'
import { JsonPass } from '../../../src/formats/json/jsonPass.ts'
import { jsonShape } from '../../../src/formats/json/jsonShape.ts'

const seed = 20261126
const runs = process.env.ASSAY_SUITE === 'all' ? 500 : 30

/** The bytes of a text in pieces of a size, or as they are given. */
async function* pieces(text: string | readonly string[], size: number): AsyncGenerator<Buffer> {
  if (typeof text !== 'string') return yield* text.map((piece) => Buffer.from(piece))
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

interface Read {
  readonly shape: string
  readonly records: readonly unknown[]
  readonly lines: readonly number[]
  readonly problems: readonly string[]
}

/** What a document holds when it comes in pieces of a size; the error's sentence where it cannot be read. */
async function read(text: string | readonly string[], size = 1_000_000): Promise<Read | string> {
  const lines: number[] = []
  const problems: string[] = []
  let written = ''
  try {
    const shape = await jsonShape('a.json', pieces(text, size), undefined)
    await passDocument('a.json', pieces(text, size), shape, new JsonPass(' \t\r\n'), {
      record: (line) => lines.push(line) < 0,
      problem: (_, reason, line, record) => problems.push(`${line}: ${reason}: ${record}`),
      write: async (bytes) => {
        written += Buffer.from(bytes).toString()
      },
    })
    const records = written.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as unknown]))
    return { shape: shape.kind, records, lines, problems }
  } catch (error) {
    return (error as Error).message
  }
}

const record = fc.dictionary(fc.string({ unit: 'binary', maxLength: 3 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 3 })
const list = fc.array(record, { minLength: 1, maxLength: 4 })
const text = (value: unknown, space: number): string => JSON.stringify(value, null, space)
const documents = fc.oneof(
  fc.tuple(list, fc.nat(2)).map(([records, space]) => ({ records, shape: 'elements', text: text(records, space) })),
  fc.tuple(list, fc.nat(2)).map(([records, space]) => ({
    records,
    shape: 'property',
    text: text({ 'n"]': [[1], '{"'], of: { rows: [{}] }, rows: records, 'e\u0301\\': {} }, space),
  })),
  fc.tuple(list, fc.constantFrom('\n', ' ', '\r\n')).map(([records, between]) => ({
    records: [{ first: [] }, ...records],
    shape: 'values',
    text: [{ first: [] }, ...records].map((one) => JSON.stringify(one)).join(between),
  })),
)

test(`a document holds the records that JSON.parse finds in it, in pieces of any size (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(documents, fc.integer({ min: 1, max: 9 }), async (document, size) => {
      const found = (await read(document.text, size)) as Read
      expect(found).toMatchObject({ shape: document.shape, problems: [] })
      expect(found.records).toEqual(document.records.map((one) => JSON.parse(JSON.stringify(one)) as unknown))
      const starts = found.lines.map((line) => document.text.split('\n')[line - 1])
      expect(starts.every((line) => line?.includes('{'))).toBe(true)
    }),
    { numRuns: runs, seed },
  )
})

test('a piece that ends where a key begins is not taken for one that the piece before held', async () => {
  const whole = ['[ {"a":"x"},{"a":1,"b":2}]']
  const cut = ['[ {"a":"x"},', '{"a":1,"', 'b":2}]']
  expect(await read(cut)).toEqual(await read(whole))
  expect(await read('[{"\u0000":1}]')).toMatchObject({
    records: [],
    problems: [expect.stringMatching(/^1: no valid JSON/)],
  })
})

const marks = ['"', '\\', '{', '}', '[', ']', ',', ':', '\n', '\u0000', 'N', '-', ' ', '\\u', '\\ud800', '{"q":1}', '']
const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...marks), fc.nat(2)), { minLength: 1, maxLength: 3 })

test(`a damaged document says the same in pieces of any size, and nothing is lost in silence (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(documents, damage, fc.integer({ min: 1, max: 9 }), async (document, changes, size) => {
      let damaged = document.text
      for (const [place, mark, gone] of changes) {
        const at = place % (damaged.length + 1)
        damaged = damaged.slice(0, at) + mark + damaged.slice(at + gone)
      }
      const whole = await read(damaged)
      expect(await read(damaged, size)).toEqual(whole)
      if (typeof whole === 'string' || whole.problems.length > 0 || whole.shape === 'values') return
      expect(() => JSON.parse(damaged) as unknown).not.toThrow()
    }),
    { numRuns: 2 * runs, seed },
  )
})
