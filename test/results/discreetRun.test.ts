import { describe, expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { discreetly, type Telling } from '../../src/results/discreet.ts'
import { withoutPersonal } from '../../src/results/discreetRun.ts'
import { personalColumnsOf } from '../../src/results/personalColumns.ts'
import type { ColumnProfile, DatasetSummary } from '../../src/results/runDocument.ts'
import { sql } from '../../src/sql/sql.ts'
import { about, spellings, TEXT } from '../helpers/aboutPeople.ts'

const profile: ColumnProfile = {
  name: 'mail',
  type: 'string',
  missing: 2,
  distinct: 3,
  min: TEXT,
  max: TEXT,
  mean: 7_391_826,
  histogram: { edges: [0, 7_391_826], counts: [1] },
  top: [{ value: TEXT, count: 2 }],
  quantiles: { p05: TEXT, p25: TEXT, p50: TEXT, p75: TEXT, p95: TEXT } as never,
  lengths: { min: 7_391_826, max: 7_391_826, mean: 7_391_826 },
  patterns: [{ pattern: TEXT, count: 2 }] as never,
}
const summary: DatasetSummary = { name: 'people', source: 'people.csv', rows: 5, columns: [profile] }
const run = {
  results: [about({ message: `the first line\nnot there: "${TEXT}"` })],
  datasets: [summary],
  problems: [{ kind: 'test', text: `expected "${TEXT}" to be "x"`, blocking: true }] as const,
  notes: [`the columns of people could not be described: no number in '${TEXT}'`],
}

describe('what a run found', () => {
  test.each([
    ['by its name', { name: 'people', source: 'elsewhere.csv' }],
    ['by its source', { name: 'others', source: 'people.csv' }],
  ])('tells no value of a column that is said to be personal elsewhere, of a dataset known %s', (_, where) => {
    const told = withoutPersonal(run, [{ ...where, columns: ['mail'] }])
    expect(JSON.stringify(told)).not.toMatch(spellings)
    expect(told.notes).toEqual(['the columns of people could not be described: no number in [redacted]'])
    expect(told.datasets[0]?.columns[0]).toEqual({ name: 'mail', type: 'string', missing: 2, distinct: 3 })
  })

  test('tells no words of an engine in an error, which may be of data that the judged one was made of', () => {
    const failed: Telling = {
      ...about({ status: 'error', message: `no number in '${TEXT}'`, lineage: { datasets: [] } }),
      [discreetly]: [{ columns: 'any', message: 'the engine could not run the query' }],
    }
    const told = withoutPersonal({ ...run, results: [failed] }, [{ name: 'x', source: 'y.csv', columns: ['id'] }])
    expect(told.results[0]?.message).toBe('the engine could not run the query')
  })

  test('of other data is told as it is', () => {
    const quiet = { ...run, problems: [], notes: [] }
    expect(withoutPersonal(quiet, [{ name: 'x', source: 'y.csv', columns: ['mail'] }])).toEqual(quiet)
    expect(withoutPersonal(run, [])).toEqual(run)
  })
})

describe('a query over data of which another test file says that a column is personal', () => {
  const people = dataset([{ id: 1, mail: TEXT, city: 'Rome' }], { name: 'people' })
  const said = [{ name: 'people', source: 'elsewhere.csv', columns: ['mail'] }]
  const made = async (query: ReturnType<typeof dataset>) => {
    await query.columns().catch(() => {})
    return personalColumnsOf(query)
  }
  const aboutQuery = ({ name, source }: { name: string; source: string }, column: string): CheckResult =>
    about({
      subject: { type: 'dataset', name, source, column, referenceOf: { name, source } },
      message: `not there: "${TEXT}"`,
      lineage: { datasets: [{ name, source }] },
    })

  test.for([
    ['a column of that name', () => sql`select * from ${people}`, 'mail', true],
    ['another column', () => sql`select * from ${people}`, 'city', false],
    ['a column under another name', () => sql`select mail as city from ${people}`, 'city', true],
    ['a column that it makes', () => sql`select count(*) as n from ${people}`, 'n', true],
    ['a query of a query', () => sql`select * from ${dataset(sql`select mail as city from ${people}`)}`, 'city', true],
    ['a value in its text', () => sql`select id, city from ${people} where city <> 'canary'`, 'city', false],
  ] as const)('%s', async ([, text, column, isPersonal]) => {
    const query = dataset(text())
    const known = await made(query)
    expect(known.flatMap(({ columns }) => columns)).toEqual([])
    const { results, datasets, notes } = withoutPersonal(
      {
        results: [aboutQuery(query, column)],
        datasets: [{ name: query.name, source: query.source, rows: 1, columns: [{ ...profile, name: column }] }],
        problems: [],
        notes: [`${query.name} (${query.source}) could not be described`],
      },
      [...known, ...said],
    )
    expect(results[0]?.message).toBe(isPersonal ? 'not there: [redacted]' : `not there: "${TEXT}"`)
    expect(datasets[0]?.columns[0]?.min).toBe(isPersonal ? undefined : TEXT)
    const sources = [results[0]?.subject, results[0]?.subject.referenceOf, results[0]?.lineage.datasets[0], datasets[0]]
    expect(JSON.stringify([...sources.map((named) => named?.source), notes])).not.toContain('canary')
  })

  test.for([
    ['says itself which columns are personal', [], 'not there: "canary-7391826"'],
    ['says that others are', ['city'], 'not there: [redacted]'],
  ] as const)('where it %s', async ([, pii, message]) => {
    const query = dataset(sql`select mail as city from ${people}`, { pii })
    const told = withoutPersonal({ ...run, results: [aboutQuery(query, 'city')] }, [...(await made(query)), ...said])
    expect(told.results[0]?.message).toBe(message)
  })

  test('that cannot be opened: its source has no value', async () => {
    const query = dataset(sql`select no_such_function(city, 'canary') from ${people}`)
    const known = await made(query)
    const told = withoutPersonal({ ...run, results: [aboutQuery(query, 'city')] }, [...known, ...said])
    expect(told.results[0]?.subject.source).toBe('select no_such_function(city, [redacted]) from people')
  })

  test('where nobody says so: all is told', async () => {
    const query = dataset(sql`select mail as city from ${people}`)
    const told = { ...run, results: [aboutQuery(query, 'city')] }
    expect(withoutPersonal(told, await made(query))).toEqual(told)
  })
})
