import { beforeAll, expect, test } from 'vitest'
import { html, markdown, terminal } from '../../reporters/index.ts'
import { checkFromJSON, evaluate } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import type { CheckResult } from '../../src/results/index.ts'
import { resultBlock } from '../../src/words/resultBlock.ts'
import { evidenceBrief, failedCount } from '../../src/words/sentence.ts'
import { numberText } from '../../src/words/text/numbers.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { everyKind } from '../helpers/everyKind.ts'
import { document } from '../helpers/runDocument.ts'

/** Results of every kind of check, of drift and of numbers that are awkward to write. */
let results: readonly CheckResult[]
const outputs: { message: string; page: string; markdown: string; terminal: string }[] = []

const awkward = [0.1 + 0.2, 1e21, 1e-7, 12_345_678.9, -0.05, 1 / 3, 99.999, 1_000_000, 0.001, 100]
const rows = awkward.flatMap((value, i) =>
  Array.from({ length: 30 + i }, (_, k) => ({
    value: k % 5 ? value : -value,
    text: k % 3 ? 'n/a' : k % 2 ? '' : null,
  })),
)
const kinds = [
  { kind: 'valuesBetween', column: 'value', bounds: { min: 0.300001, max: 1e6 }, mostly: 0.999 },
  { kind: 'meanBetween', column: 'value', bounds: { max: 1000 } },
  { kind: 'missingShareBetween', column: 'text', bounds: { max: 0.0123 } },
  { kind: 'valuesIn', column: 'text', values: ['yes'] },
  { kind: 'valueLengthBetween', column: 'text', bounds: { min: 4 } },
  { kind: 'noMissing', column: 'text' },
  { kind: 'rowCount', bounds: { min: 123_456 } },
  { kind: 'sumBetween', column: 'value', bounds: { min: -1e15, max: -1e14 } },
]

beforeAll(async () => {
  const { contract, orders } = await everyKind()
  const data = dataset(rows, { name: 'numbers' })
  const moved = dataset(
    rows.map(({ value, text }) => ({ value: value * 3 + 1, text: text ?? 'new' })),
    { name: 'moved' },
  )
  const all = await evaluate([
    ...contract['x-assay'].checks.map((json) => checkFromJSON(orders, json)),
    ...kinds.map((json) => checkFromJSON(data, json as never)),
    noDriftFrom(moved, data),
  ])
  results = all.filter(({ status }) => status === 'fail')
  for (const result of results) {
    const run = document([result], { datasets: [], models: [], notes: [] })
    outputs.push({
      message: plain(resultBlock(result)),
      page: plain(html(run).replace(/<(script|style)\b.*?<\/\1>/gs, ' ')),
      markdown: plain(markdown(run)),
      terminal: plain(terminal(run, { color: false, width: 1000 })),
    })
  }
})

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }

/** What somebody reads: without markup, escapes and kinds of spaces. */
function plain(output: string): string {
  return output
    .replace(/<!-- -->/g, '')
    .replace(/<\/t[dh]>/g, ' ')
    .replace(/<(?=[a-z/!])[^>]*>/gi, '')
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => entities[name] as string)
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\\(?=[[\]\\*_~!])/g, '')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
}

const spaced = (text: string): string => text.replace(/\s+/g, ' ')

test('there are many results, with rows and without', () => {
  expect(results.length).toBeGreaterThan(20)
  expect(results.filter(rowsOf).length).toBeGreaterThan(8)
})

test('what is expected and measured reads the same in message, page, Markdown and terminal', () => {
  results.forEach(({ expected, measured }, i) => {
    for (const [name, text] of Object.entries(outputs[i] ?? {}))
      for (const said of [expected, measured].filter(({ length }) => length < 48))
        expect(text, name).toContain(plain(spaced(said)))
  })
})

test('how many fail, and the commonest failing values with how often each is there, too', () => {
  let values = 0
  results.forEach((result, i) => {
    const failed = failedCount(result)
    const brief = evidenceBrief(result)
    for (const [name, text] of Object.entries(outputs[i] ?? {})) {
      if (failed !== undefined) expect(text, name).toContain(numberText(failed))
      if (name === 'message' || brief === undefined) continue
      values++
      for (const one of brief.split(/(?<= × [\d,]+), /).filter((part) => part !== '…'))
        expect(text, name).toContain(plain(one))
    }
  })
  expect(values).toBeGreaterThan(10)
})

test('an offending cell reads the same in the message and on the page, a missing and an empty one too', () => {
  const words = new Set<string>()
  results.forEach((result, i) => {
    const sample = rowsOf(result)
    if (!sample || result.family === 'drift') return
    for (const row of sample.rows.slice(0, 4))
      for (const j of sample.marked) {
        const cell = row[j] ?? null
        const word = cell === null ? 'missing' : cell === '' ? 'empty' : cell
        words.add(word)
        expect(outputs[i]?.message.replace(/[()]/g, '')).toContain(plain(`▸ ${word}`.replace(/[()]/g, '')))
        expect(outputs[i]?.page).toContain(plain(word))
      }
  })
  expect([...words]).toEqual(expect.arrayContaining(['missing', 'empty']))
})

test('no number is spelled two ways between message, page and Markdown', () => {
  const number = /(?<![\w.,:~/@-])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?(?: %)?(?![\w:/~-])/g
  results.forEach((result, i) => {
    const cells = new Set(result.evidence.flatMap((block) => (block.kind === 'rows' ? block.rows.flat() : [])))
    const spellings = new Map<string, Set<string>>()
    for (const name of ['message', 'page', 'markdown'] as const)
      for (const [text] of outputs[i]?.[name].matchAll(number) ?? []) {
        if (cells.has(text)) continue
        const key = `${Number(text.replace(/,| %/g, ''))}${text.endsWith('%') ? ' %' : ''}`
        spellings.set(key, (spellings.get(key) ?? new Set()).add(text))
      }
    expect(
      [...spellings.values()].filter(({ size }) => size > 1).map((set) => [...set]),
      result.title,
    ).toEqual([])
  })
})
