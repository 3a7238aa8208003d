import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mft } from '../../src/behavior/index.ts'
import { whatJsonLoses } from '../../src/bytes/jsonFaults.ts'
import { readContract } from '../../src/contracts/index.ts'
import { parseWaivers } from '../../src/results/waivers.ts'
import { readSchemaFile } from '../../src/schema/schemaFile.ts'
import { folderWith } from '../helpers/files.ts'
import { thrown } from '../helpers/judge.ts'

const strict = (text: string): string | undefined => whatJsonLoses(text, { rounded: true })?.words

const refused = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: unknown) => (error as Error).message,
  )

test('any value as JSON writes it loses nothing', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(3), (text, indent) => {
      const written = JSON.stringify(JSON.parse(text), null, indent)
      expect(strict(written)).toBeUndefined()
    }),
  )
})

test('a key that stands twice in one object is told wherever that is, however it is spelled', () => {
  fc.assert(
    fc.property(fc.string(), fc.json(), fc.json(), fc.boolean(), (key, one, other, escaped) => {
      const spelled = JSON.stringify(key)
      const again = escaped
        ? `"${Array.from({ length: key.length }, (_, i) => `\\u${key.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`
        : spelled
      const text = `{"a":[0,{${spelled}:${one},"~/":{},${again} : ${other}}]}`
      if (key === '~/') return
      expect(whatJsonLoses(text, { rounded: false })?.words).toMatch(/^holds .* twice in #\/a\/1$/su)
    }),
  )
})

test.each([
  ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}', undefined],
  ['{"a":"\\"a\\":","b":"{\\"a\\":1,\\"a\\":1}"}', undefined],
  ['{"a":1,\n"a":2}', 'holds the key "a" twice in #, line 2'],
  ['{"a":{"b":[1,{"c":9007199254740993}]}}', 'holds 9007199254740993, which is read as 9007199254740992, in #/a/b/1/c'],
  ['[-9007199254740993.0]', 'holds -9007199254740993.0, which is read as -9007199254740992, in #/0'],
  ['9223372036854775806', 'holds 9223372036854775806, which is read as 9223372036854775808, in #'],
  ['{"maximum":9223372036854775807,"b":{"maximum":18446744073709551615},"c":19339360660292870}', undefined],
  [
    '{"exclusiveMaximum":9223372036854775807}',
    'holds 9223372036854775807, which is read as 9223372036854775808, in #/exclusiveMaximum',
  ],
  ['[9.223372036854775807e18]', 'holds 9.223372036854775807e18, which is read as 9223372036854775808, in #/0'],
  ['[1e23, 9.007199254740992e15, 1.5e3, 1.25e1, 100e-1, 123456789012345680000]', undefined],
  ['1e400', 'holds 1e400, which is beyond all numbers of JavaScript, in #'],
  ['[9007199254740992, 9007199254740994, 9223372036854775808, 1e300, 0.1, -0, 0.30000000000000004]', undefined],
  ['["9007199254740993"]', undefined],
])('%s: %s', (text, words) => expect(strict(text)).toBe(words))

const twice = '{"properties":{"id":{"minimum":5,"minimum":0}}}'
const rounded = '{"properties":{"id":{"minimum":9007199254740993}}}'

test.each([
  ['a.json', twice, /^".*a\.json" holds the key "minimum" twice in #\/properties\/id\n.*only the last one would count/],
  [
    'b.json',
    rounded,
    /holds 9007199254740993, which is read as 9007199254740992, in #\/properties\/id\/minimum\n.*as text/,
  ],
  ['d.json', rounded.replace('"id"', '"a twice b"'), /in #\/properties\/a twice b\/minimum\n.*as text/],
  ['c.json', '{"enum":[1e400]}', /holds 1e400, which is beyond/],
  ['a.yaml', 'id:\n  minimum: 5\n  minimum: 0\n', /is not YAML: Map keys must be unique/],
  ['b.yaml', 'id:\n  minimum: 9007199254740993\n', /holds 9007199254740993, which is read as 9007199254740992, line 2/],
  ['c.yaml', 'enum: [0x20000000000001]\n', /holds 0x20000000000001, which is read as/],
  ['d.yaml', 'id: !!js/function "x"\n', /is not YAML: Unresolved tag: tag:yaml.org,2002:js\/function/],
  ['e.yaml', '? [a]\n: 1\n', /is not YAML: a key is a text, and that of line 1 is a list or a map/],
])('a schema that says what cannot be read is none: %s', async (name, text, words) => {
  const file = path.join(await folderWith({ [name]: text }), name)
  const warned: unknown[] = []
  const listen = (warning: unknown): void => void warned.push(warning)
  process.on('warning', listen)
  try {
    expect(await refused(readSchemaFile(file))).toMatch(words)
    expect(await refused(readContract(file))).toMatch(words)
    await new Promise((resolve) => void setImmediate(resolve))
  } finally {
    process.off('warning', listen)
  }
  expect(warned).toEqual([])
})

test('numbers that are what they say are read from YAML as from JSON', async () => {
  const folder = await folderWith({
    'a.yaml': 'a: [1, -2, 0x10, 0o10, 9007199254740992, 1.5, 1e300, .inf]\nb: &b {1: x}\nc: *b\n',
  })
  expect(await readSchemaFile(path.join(folder, 'a.yaml'))).toEqual({
    a: [1, -2, 16, 8, 9007199254740992, 1.5, 1e300, Number.POSITIVE_INFINITY],
    b: { 1: 'x' },
    c: { 1: 'x' },
  })
})

test('cases and waivers that hold a key twice are none', async () => {
  const folder = await folderWith({
    'a.json': '[{"input":"a","expected":1,"expected":2}]',
    'b.jsonl': '{"input":"a","expected":1}\n{"input":{"x":1,"x":2},"expected":1}\n',
    'c.yaml': '- input: !odd a\n  expected: 1\n',
  })
  expect(() => mft(path.join(folder, 'a.json'))).toThrow(/a\.json" holds the key "expected" twice in #\/0/)
  expect(() => mft(path.join(folder, 'b.jsonl'))).toThrow(/line 2 of ".*b\.jsonl" holds the key "x" twice in #\/input/)
  expect(() => mft(path.join(folder, 'c.yaml'))).toThrow(/is not YAML: Unresolved tag: !odd/)
  expect(thrown(() => parseWaivers('{"waivers":[],"waivers":[{}]}'))).toMatch(
    /are wrong:\n {2}it holds the key "waivers" twice in #/,
  )
})
