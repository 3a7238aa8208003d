import type { RowsBlock } from '../../src/results/blocks/rows.ts'
import { describe, expect, test } from 'vitest'
import { html as tag } from '../../reporters/html/template.ts'
import { html } from '../../reporters/index.ts'
import { needsAttention, statusWord } from '../../src/words/status.ts'
import type { CheckResult, DatasetSummary } from '../../src/results/index.ts'
import { behaviorResults } from '../helpers/run/behaviorResults.ts'
import { datasets as datasetSummaries } from '../helpers/run/datasets.ts'
import { driftResults } from '../helpers/run/driftResults.ts'
import { document, generate, nasty, result } from '../helpers/runDocument.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { executable } from '../helpers/executable.ts'

const page = html(generate(60))
const large = html(generate(10_000))

/** What a reader without JavaScript and CSS sees. */
function textOf(markup: string): string {
  return markup
    .replace(/<(script|style)\b.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#96;', '`')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}

describe('every text of the run is escaped', () => {
  test('the page runs its own script and nothing else', () => {
    expect(executable(page)).toEqual(['<script>'])
    expect(executable(large)).toEqual(['<script>'])
  })

  test('a page that pastes its values is caught by the same look', () => {
    const naive = `<body>${nasty.join('')}<script></script></body>`
    expect(executable(naive).length).toBeGreaterThan(2)
  })

  test.for(nasty)('%j in every text field does no harm', (value) => {
    const markup = html(poisoned(value))
    expect(executable(markup)).toEqual(['<script>'])
    expect(markup).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    expect(markup.match(/<\/script/gi)?.length).toBe(1)
    expect(duplicates(ids(markup))).toEqual([])
  })

  test('control and bidi characters are shown as their code', () => {
    expect(tag`${'a\u0000b\u202ec\ud800'}`.toString()).toBe('a\\u0000b\\u202ec\\ud800')
  })

  test('each character that means something in markup is written as an entity', () => {
    expect(tag`<p title="${'`&<>"\''}">`.toString()).toBe('<p title="&#96;&amp;&lt;&gt;&quot;&#39;">')
  })

  test('a value over 2,000 characters is cut and says so', () => {
    expect(tag`${'x'.repeat(5000)}`.toString()).toBe(`${'x'.repeat(2000)}… (cut: 2,000 of 5,000 characters)`)
  })

  test('an object that looks like markup is not taken for it', () => {
    const forged = { toString: () => '<b>' } as unknown as string
    expect(() => tag`${forged}`.toString()).toThrow()
  })
})

describe('the drawing', () => {
  const numbers = (markup: string): string[] =>
    [...markup.matchAll(/<svg[\s\S]*?<\/svg>/g)].flatMap(([svg]) =>
      [...svg.matchAll(/\s(?:d|x|y|width|height|cx|cy|r|viewBox)="([^"]*)"/g)].map(([, value]) => value as string),
    )

  test('has only finite coordinates', () => {
    expect(numbers(page).length).toBeGreaterThan(200)
    for (const value of [...numbers(page), ...numbers(html(broken()))])
      expect(value).not.toMatch(/NaN|Infinity|undefined|e[+-]\d/)
  })

  test('never shows NaN, Infinity or undefined, even for a run with numbers that are not there', () => {
    expect(textOf(html(broken()))).not.toMatch(/\bNaN\b|\bInfinity\b|\bundefined\b/)
  })

  test('uses no style attribute, so that hashes suffice in its security policy', () => {
    expect(page).not.toMatch(/\sstyle="/)
    expect(page).toMatch(/default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'/)
  })

  test('names no address outside itself', () => {
    expect(page).not.toMatch(/<(?:link|img|iframe|object|embed)\b/)
    for (const [, address] of page.matchAll(/\s(?:href|src)="([^"]*)"/g)) expect(address).toMatch(/^#/)
  })
})

test('a column says its middle and tails, how its text is built, and whether it is a key', () => {
  expect(page).toContain('median 12, 90 % from 3 to 1 044')
  expect(page).toMatch(/>100(\.0+)?\s?% A9999999</)
  expect(page).toMatch(/<code>flight_id<\/code> <span class="x">key<\/span>/)
})

describe('size', () => {
  test('60 checks take at most 300 KB', () => expect(Buffer.byteLength(page)).toBeLessThan(300_000))
  test('10,000 checks take at most 1.0 MB and 12,000 elements', () => {
    expect(Buffer.byteLength(large)).toBeLessThan(1_000_000)
    expect(large.match(/<[a-z]/g)?.length).toBeLessThan(12_000)
  })
})

test('10,000 failing checks over 2,000 wide datasets still make a page that opens', () => {
  const run = generate(60)
  const [dataset] = run.datasets
  const names = Array.from({ length: 2000 }, (_, i) => `table_${i}`)
  const failing = run.results.find(rowsOf) as CheckResult
  const wide = {
    ...(rowsOf(failing) as RowsBlock),
    columns: Array.from({ length: 20 }, (_, i) => `column_${i}`),
    rows: Array.from({ length: 20 }, () => Array.from({ length: 20 }, () => 'word '.repeat(30))),
  }
  const results = Array.from(
    { length: 10_000 },
    (_, i): CheckResult => ({
      ...failing,
      id: `table/${i}`,
      subject: { type: 'dataset', name: names[i % 2000] as string, column: 'delay' },
      evidence: [wide],
    }),
  )
  const datasets = names.map((name) => ({ ...(dataset as NonNullable<typeof dataset>), name }))
  const opened = html(document(results, { datasets }))
  expect(Buffer.byteLength(opened)).toBeLessThan(1_500_000)
  expect(opened.match(/<[a-z]/g)?.length).toBeLessThan(12_000)
})

test.for([
  ['findings of 100 columns', () => Array.from({ length: 1200 }, (_, i) => ({ ...wideResult(100), id: `w/${i}` }))],
  ['columns that drift', () => repeated(driftResults(), 1500)],
  ['models with all their examples', () => repeated(behaviorResults(), 1500)],
  ['everything at once', () => [...repeated([...behaviorResults(), ...driftResults(), wideResult(20)], 10_000)]],
] as const)('a page of many checks has at most 12,000 elements: %s', ([, make]) => {
  const page = html(document(make(), { datasets: [wideSummary(1000)] }))
  expect(page.match(/<[a-z]/g)?.length).toBeLessThan(12_000)
  expect(Buffer.byteLength(page)).toBeLessThan(1_500_000)
})

/** Results again and again, each of a subject of its own. */
const repeated = (results: readonly CheckResult[], count: number): readonly CheckResult[] =>
  Array.from({ length: count }, (_, i) => {
    const one = results[i % results.length] as CheckResult
    const name = i < results.length ? one.subject.name : `${one.subject.name}-${Math.floor(i / results.length)}`
    return { ...one, id: `${one.id}/${i}`, status: 'fail', blocking: true, subject: { ...one.subject, name } }
  })

function wideResult(columns: number): CheckResult {
  const names = Array.from({ length: columns }, (_, i) => `column_${i}`)
  return result({
    status: 'fail',
    blocking: true,
    subject: { type: 'dataset', name: 'wide', column: 'column_0' },
    evidence: [
      {
        kind: 'rows',
        columns: names,
        rows: Array.from({ length: 20 }, (_, r) => names.map((_, c) => `${r}/${c}`)),
        marked: [0],
        total: 900,
      },
    ],
  })
}

function wideSummary(columns: number): DatasetSummary {
  const [first] = datasetSummaries()
  const { columns: own = [] } = first ?? {}
  const names = Array.from({ length: columns }, (_, i) => ({ ...own[i % own.length], name: `column_${i}` }))
  return { ...(first as DatasetSummary), name: 'wide', columns: names as DatasetSummary['columns'] }
}

describe('addresses', () => {
  test('ids are unique, also when the same check ran twice', () => {
    const twice = html(document([result(), result(), result({ id: 'flights/valuesBetween/delay!' })]))
    for (const markup of [page, large, twice]) expect(duplicates(ids(markup))).toEqual([])
  })

  test('every link leads somewhere', () => {
    const known = new Set(ids(page))
    for (const [, id] of page.matchAll(/\shref="#([^"]*)"/g)) expect(known).toContain(id)
  })
})

describe('reading without JavaScript', () => {
  const text = textOf(page)

  test('every result that needs attention is there with its statement and status', () => {
    const flat = (value: string): string => value.replace(/\s+/g, ' ')
    for (const { title, status } of generate(60).results.filter(needsAttention)) {
      expect(text).toContain(flat(title))
      expect(text).toContain(statusWord[status])
    }
  })

  test('the page says how many checks are not drawn', () => {
    expect(textOf(large)).toMatch(/9,874 checks are not drawn here, 124 of them not passing/)
  })

  test('each dataset and model has one verdict line', () => {
    expect(text).toContain('flights does not hold : 2 of 22 checks fail')
    expect(text).toContain('sentiment@1.4.0 should not ship : 4 of 6 checks fail')
    expect(text).toContain('toxicity@2.0.1 is undecided : 1 of 2 checks had nothing to judge, 1 is undecided')
  })

  test('a waiver names its owner and its end, a negated check says so', () => {
    expect(text).toMatch(/accepted by dana@example\.com until 2026-12-31/)
    expect(text).toContain('expected not to hold')
  })

  test('an error puts our sentence before the words of the engine', () => {
    expect(text.indexOf('The check could not run')).toBeGreaterThan(0)
    expect(text.indexOf('There is no column')).toBeLessThan(text.indexOf('Binder Error'))
  })

  test('an inconclusive drift says how many rows would decide', () => {
    expect(text).toMatch(/about 4,200 rows of this data would decide if nothing moved/)
  })

  test('a capability nobody probed says "no test"', () => expect(text).toContain('no test'))
})

describe('runs without findings', () => {
  const passing = generate(60).results.filter(({ status }) => status === 'pass')
  const tests = { passed: 3, failed: 0, skipped: 0 }

  test('all pass: nothing to look at', () => {
    const text = textOf(html(document(passing, { tests })))
    expect(text).toContain(`Nothing to look at. All ${passing.length} checks passed.`)
    expect(text).toContain(`All ${passing.length} checks pass`)
  })

  test('no result: the page says so and is not green', () => {
    const text = textOf(html(document([], { tests, datasets: [], models: [] })))
    expect(text).toContain('Nothing was judged: no test asked a question of data or a model')
    expect(text).not.toMatch(/All \d+ checks pass/)
  })

  test('a failed ordinary test is never hidden behind passing checks', () => {
    expect(textOf(html(document(passing, { tests: { ...tests, failed: 2 } })))).toContain('2 tests fail')
  })

  test('only skipped checks judge nothing', () => {
    const skipped = passing.slice(0, 3).map((one): CheckResult => ({ ...one, status: 'skipped' }))
    expect(textOf(html(document(skipped, { tests })))).toContain('Nothing was judged: every check was skipped')
  })
})

function ids(markup: string): string[] {
  return [...markup.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id as string)
}

function duplicates(all: readonly string[]): string[] {
  return all.filter((id, i) => all.indexOf(id) !== i)
}

/** The run with one value in the place of every text. */
function poisoned(value: string): ReturnType<typeof generate> {
  const run = generate(60)
  const fixed = new Set(['schema', 'at', 'type', 'status', 'family', 'severity', 'unit'])
  // What kind of block it is, and of which type of test.
  const kinds = new Set<string>([
    ...run.results.flatMap(({ evidence }) => evidence.map(({ kind }) => kind)),
    'MFT',
    'INV',
    'DIR',
  ])
  const poison = (part: unknown, key: string): unknown => {
    if (typeof part === 'string') return fixed.has(key) || kinds.has(part) ? part : value
    if (Array.isArray(part)) return part.map((item) => poison(item, key))
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, poison(inner, name)]))
  }
  return poison(run, '') as typeof run
}

/** The run with a number that is not one in the place of every number. */
function broken(): ReturnType<typeof generate> {
  const run = generate(60)
  const breakNumbers = (part: unknown): unknown => {
    if (typeof part === 'number') return Number.NaN
    if (Array.isArray(part)) return part.map(breakNumbers)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, breakNumbers(inner)]))
  }
  return breakNumbers(run) as typeof run
}
