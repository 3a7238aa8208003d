import { describe, expect, test } from 'vitest'
import type { Dataset } from '../../src/dataset/dataset.ts'
import { type DriftOptions, driftMethods } from '../../src/drift/index.ts'
import type { LogicalType } from '../../src/sql/dialect.ts'
import { type Columns, engines, type Rows } from '../conformance/engines.ts'
import { compare, effectOf, normal, random } from './data.ts'

/** A column of each type that is compared: its values on the current side, and on the reference's. */
interface Case {
  readonly name: string
  readonly type: LogicalType
  readonly value: (next: () => number, moved: boolean) => unknown
}

const HOUR = 3_600_000
const instant = (next: () => number, moved: boolean): Date =>
  new Date(Date.UTC(2026, 0, 1) + HOUR * Math.floor(24 * 30 * next() ** (moved ? 3 : 1)))

const cases: readonly Case[] = [
  { name: 'number', type: 'number', value: (next, moved) => normal(next) + (moved ? 0.8 : 0) },
  { name: 'spread', type: 'number', value: (next, moved) => normal(next) * (moved ? 3 : 1) },
  {
    name: 'strange',
    type: 'number',
    value: (next, moved) =>
      next() < (moved ? 0.3 : 0.1) ? [Number.NaN, Infinity, -Infinity][Math.floor(3 * next())] : normal(next),
  },
  { name: 'integer', type: 'integer', value: (next, moved) => Math.floor((moved ? 8 : 5) * next()) },
  {
    name: 'beyond',
    type: 'integer',
    value: (next, moved) => 9_007_199_254_740_992n + BigInt(Math.floor((moved ? 9 : 4) * next())),
  },
  { name: 'boolean', type: 'boolean', value: (next, moved) => next() < (moved ? 0.6 : 0.3) },
  {
    name: 'text',
    type: 'string',
    value: (next, moved) => ['app', 'web', 'Shop ', ''][Math.floor((moved ? 2 : 4) * next())],
  },
  { name: 'date', type: 'date', value: (next, moved) => new Date(Math.floor(+instant(next, moved) / 864e5) * 864e5) },
  { name: 'time', type: 'timestamp', value: instant },
  { name: 'missing', type: 'number', value: (next, moved) => (next() < (moved ? 0.4 : 0.1) ? null : normal(next)) },
]
const columns: Columns = [{ name: 'id', type: 'integer' }, ...cases.map(({ name, type }) => ({ name, type }))]
const ROWS = 400

const rowsFrom = (seed: number, moved: boolean): Rows => {
  const next = random(seed)
  return Array.from({ length: ROWS }, (_, i) => [i, ...cases.map(({ value }) => value(next, moved))])
}

const [same, moved, reference] = [rowsFrom(1, false), rowsFrom(2, true), rowsFrom(3, false)]

type Conforming = (typeof engines)[number]
const opened = new Map<string, Promise<Dataset>>()

/** The rows on an engine, loaded once. */
function on(engine: Conforming, name: string, rows: Rows): Promise<Dataset> {
  const key = `${engine.name} ${name}`
  const known = opened.get(key) ?? engine.open(rows, columns)
  opened.set(key, known)
  return known
}

/** The whole verdicts of a call, on an engine. */
async function verdicts(engine: Conforming, name: string, rows: Rows, options: DriftOptions) {
  const current = await on(engine, name, rows)
  const results = await compare(current, await on(engine, 'reference', reference), options)
  return results.map((result) => ({
    column: result.subject.column,
    status: result.status,
    measured: result.measured,
    message: result.message,
    p: effectOf(result)?.p,
    interval: effectOf(result)?.interval,
    note: effectOf(result)?.note,
    evidence: result.evidence,
  }))
}

describe('whole verdicts are the same on every engine', () => {
  const methods = driftMethods.filter(
    (method) => method.accepts('number', 'number') || method.accepts('boolean', 'boolean'),
  )
  const asked: Readonly<Record<string, DriftOptions>> = {
    'by default': {},
    ...Object.fromEntries(
      methods.map((method) => [
        method.name,
        {
          method: method.name,
          columns: cases.filter(({ type }) => method.accepts(type, type)).map(({ name }) => name),
        },
      ]),
    ),
  }
  test.each(Object.entries(asked))('%s', async (_, options) => {
    const [oracle, ...others] = engines
    for (const [name, rows] of Object.entries({ same, moved })) {
      const told = await verdicts(oracle, name, rows, options)
      // What a method cannot compare is said, in the same words.
      const judged = told.filter(({ status }) => status !== 'error')
      expect(judged.length).toBeGreaterThanOrEqual(options.method === undefined ? told.length : 1)
      for (const other of others) expect(await verdicts(other, name, rows, options)).toEqual(told)
    }
  })
})
