import { describe, expect, test } from 'vitest'
import { html, markdown, terminal } from '../../reporters/index.ts'
import { headLine } from '../../src/words/resultBlock.ts'
import type { RowsBlock } from '../../src/results/blocks/rows.ts'
import type { CheckResult, Problem, RunDocument } from '../../src/results/index.ts'
import { document, generate, result } from '../helpers/runDocument.ts'
import { changed, numberOf, ratesOf } from '../helpers/blocks.ts'

/** A failing check of a column of `orders`, with its failing rows. */
function failing(column: string, title: string, overrides: Partial<CheckResult> = {}): CheckResult {
  return result({
    id: `${column} ${title}`,
    status: 'fail',
    blocking: true,
    subject: { type: 'dataset', name: 'orders', column },
    title,
    counts: { rows: 20_000, missing: 0, tested: 20_000, failed: 991 },
    evidence: [sampleOf(column, 'n/a', [16, 23])],
    ...overrides,
  })
}

const sampleOf = (column: string, value: string, rowNumbers: readonly number[]): RowsBlock => ({
  kind: 'rows',
  columns: ['order_id', column],
  rows: rowNumbers.map((row) => [`A${row}`, value]),
  rowNumbers,
  marked: [1],
  total: 991,
  values: [
    { cells: [value], count: 900 },
    { cells: [null], count: 81 },
  ],
})

/** The lines of findings as a reader sees them. */
function lines(run: RunDocument): string[] {
  return [...html(run).matchAll(/<details class="finding[^>]*><summary>(.*?)<\/summary>/gs)].map(([, line]) =>
    textOf(line as string),
  )
}

const textOf = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, '')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim()

describe('a finding is one line', () => {
  test('with status, subject, what, failing values, how many, share and its test', () => {
    expect(lines(document([failing('email', 'values matching /@/')]))).toEqual([
      'Fail email values matching /@/ n/a × 900, missing × 81 991 of 20,000 4.96 % flights.data.test.ts:20',
    ])
  })

  test('whose owner is the owner of its waiver', () => {
    const waiver = { owner: 'dana', reason: 'known', until: '2026-12-31' }
    const [line] = lines(document([failing('email', 'values matching /@/', { status: 'accepted', waiver })]))
    expect(line).toMatch(/4\.96 % dana$/)
  })

  test('that says what became of a check without numbers', () => {
    const of = (status: 'error' | 'vacuous'): string =>
      lines(document([failing('email', 'x', { status, message: 'why', evidence: [] })]))[0] as string
    expect(of('error')).toContain('could not run')
    expect(of('vacuous')).toContain('nothing to judge')
  })
})

describe('findings are grouped', () => {
  const other = sampleOf('email', 'x', [1, 2])

  test('those of one column stand together, worst first', () => {
    const counts = (failed: number) => ({ counts: { rows: 100, missing: 0, tested: 100, failed } })
    const run = document([
      failing('email', 'first', counts(50)),
      failing('items', 'between', { ...counts(40), evidence: [sampleOf('items', '0', [7])] }),
      failing('email', 'second', { ...counts(10), evidence: [other] }),
    ])
    expect(lines(run).map((line) => line.split(' ', 3).slice(1).join(' '))).toEqual([
      'email first',
      'email second',
      'items between',
    ])
  })

  test('checks that the same rows break are one line, which unfolds to all of them', () => {
    const run = document([failing('email', 'matches'), failing('email', 'is a mail'), failing('email', 'is long')])
    expect(lines(run)).toHaveLength(1)
    expect(lines(run)[0]).toContain('matches · is a mail · is long')
    expect(textOf(html(run))).toMatch(/The same rows break 2 other checks: ?email is a mail/)
    const several = document([failing('email', 'matches'), failing('email', 'other rows', { evidence: [other] })])
    expect(lines(several)).toHaveLength(2)
  })

  test('checks that could not run for one reason are one line, whichever columns they are about', () => {
    const broken = (column: string): CheckResult =>
      failing(column, 'values between', { status: 'error', message: 'the file is gone', evidence: [] })
    const run = document(['a', 'b', 'c'].map(broken))
    expect(lines(run)).toEqual(['Error orders 3 columns values between could not run flights.data.test.ts:20'])
    for (const column of ['b', 'c']) expect(html(run)).toContain(`<code>${column}</code> values between`)
  })

  test('drift goes by how far over its limit it is', () => {
    const drifts = generate(60).results.filter((one) => numberOf(one) && one.status === 'fail')
    const [first, second] = drifts as [CheckResult, CheckResult]
    const shown = lines(document([first, changed(second, 'number', { limit: { max: 0.01 } })]))
    expect(shown[0]).toContain('tax no drift')
    expect(shown[0]).toMatch(/23\.6 × its limit/)
    expect(shown[1]).toMatch(/delivery_days .* 4\.12 × its limit/)
  })
})

test('failing values that are all shown are counted from the rows', () => {
  const rows = { columns: ['email'], rows: [['n/a'], ['n/a'], [''], [null]], marked: [0], total: 4 }
  const page = textOf(html(document([failing('email', 'matches', { evidence: [{ kind: 'rows', ...rows }] })])))
  expect(page).toContain('failing values n/a × 2 empty × 1 missing × 1')
})

test('the commonest failing values say how many others there are, and of how many rows', () => {
  const sample = { ...sampleOf('email', 'n/a', [1]), total: 5000, counted: 1000 }
  expect(textOf(html(document([failing('email', 'matches', { evidence: [sample] })])))).toContain(
    'n/a × 900 missing × 81 others × 19 of the first 1,000',
  )
})

describe('since when', () => {
  const id = 'email matches'
  const run = document([failing('email', 'matches')])

  test.for([
    ['new', { at: run.at, runs: 1 }, 'new'],
    ['of an earlier run', { at: '2026-11-20T04:00:00.000Z', runs: 4 }, '20 Nov, 4 runs'],
    ['older than any report', { at: '2026-11-20T04:00:00.000Z', runs: 4, orEarlier: true as const }, 'before 20 Nov'],
  ] as const)('a finding is %s', ([, since, text]) => {
    expect(lines({ ...run, since: { [id]: since } })[0]).toMatch(new RegExp(`${text}$`))
  })

  test('is not told, and said to be unknown, where no earlier report was there', () => {
    for (const since of [undefined, { [id]: { at: run.at, runs: 1, orEarlier: true as const } }]) {
      const page = textOf(html({ ...run, ...(since ? { since } : {}) }))
      expect(page).toContain('Since when is not known')
    }
  })
})

test('a failing test stands by its name, what it said, file and line, before the findings', () => {
  const problem: Problem = {
    kind: 'test',
    text: 'expected 1 to be 2',
    blocking: true,
    test: 'adds <b>up</b>',
    file: 'test/sum.test.ts',
    line: 12,
  }
  const page = html({ ...document([failing('email', 'matches')]), problems: [problem] })
  const line = textOf(/<li class="problem fail">.*?<\/li>/s.exec(page)?.[0] ?? '')
  expect(line).toBe('Test failed adds &lt;b&gt;up&lt;/b&gt; expected 1 to be 2 test/sum.test.ts:12')
  expect(page.indexOf('class="problem fail"')).toBeLessThan(page.indexOf('class="finding fail"'))
})

test('a dataset that others are only compared with has no columns that nobody checks', () => {
  const [one, two] = generate(60).datasets as [RunDocument['datasets'][0], RunDocument['datasets'][0]]
  const judged = failing('delay', 'no drift', { subject: { type: 'dataset', name: one.name, reference: two.name } })
  const page = html(document([judged], { datasets: [one, two] }))
  expect(page).toContain(`aria-label="Columns of ${one.name}`)
  expect(page).not.toContain(`aria-label="Columns of ${two.name}`)
})

test('an effect of drift is told in words', () => {
  const one = generate(60).results.find(numberOf) as CheckResult
  const told = changed(one, 'number', { meaning: 'largest difference of the shares' })
  expect(textOf(html(document([told])))).toContain('D: largest difference of the shares')
})

test('a limit of a whole test is not told of each of its skills, and none of a test that passes falls short', () => {
  const one = generate(60).results.find((result) => ratesOf(result)?.test === 'MFT') as CheckResult
  const parts = ratesOf(one)?.parts.map(({ limit: _, ...rest }) => rest) ?? []
  const own = changed(one, 'rates', { parts })
  const failed = html(document([{ ...own, status: 'fail' }]))
  expect(failed).not.toContain('needs 95')
  expect(failed).toMatch(/class="over-[1-4]"/)
  const passed = html(document([{ ...own, status: 'pass', blocking: false }]))
  expect(passed).not.toMatch(/class="over-[1-4]"/)
  expect(passed).toContain('no limit of its own')
})

test('an example whose skill has no rate of its own is shown with the first', () => {
  const one = generate(60).results.find((result) => ratesOf(result)?.test === 'MFT') as CheckResult
  const examples = [{ input: 'an input of no skill', expected: 'a', got: 'b' }]
  expect(html(document([changed(one, 'examples', { examples })]))).toContain('an input of no skill')
})

test('a slice stands with what it is a slice of, not with what that is compared with', () => {
  const drift = generate(60).results.find((one) => numberOf(one) && one.status === 'fail') as CheckResult
  const { column } = drift.subject
  const sliced = { ...drift, title: 'no drift from flights', subject: { ...drift.subject, slice: 'origin = "HNL"' } }
  const run = document([sliced])
  expect(lines(run)[0]).toContain(`${column} where origin = "HNL" no drift from flights`.replaceAll('"', '&quot;'))
  expect(textOf(html(run))).not.toContain('no drift from flights where')
  expect(markdown(run).replaceAll('<!-- -->', '')).toMatch(
    new RegExp(`orders\\.${column} where origin = "HNL" \\| `.replaceAll('_', '.?_')),
  )
  expect(terminal(run, { color: false })).toContain(`orders.${column} where origin = "HNL"`)
  expect(headLine(sliced)).toContain(`orders.${column} where origin = "HNL": no drift from flights`)
})
