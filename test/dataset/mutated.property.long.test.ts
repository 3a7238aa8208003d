import { tableFromArrays } from 'apache-arrow'
import { expect, test } from 'vitest'
import {
  type Check,
  evaluate,
  keyExists,
  noMissing,
  rowCount,
  uniqueKey,
  valuesBetween,
  valuesIn,
} from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import type { Dataset } from '../../src/dataset/model.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { sql } from '../../src/sql/sql.ts'
import { seeded } from '../../src/stats/random.ts'

/** A row as JavaScript sees it; `n` is its number. */
interface Row {
  readonly n: number
  readonly id: number
  readonly x: number | null
  readonly t: string | null
  /** What an object of the row holds, which is changed in place. */
  readonly deep: number | null
}

type Random = ReturnType<typeof draws>
function draws(seed: string) {
  const next = seeded(seed)
  const below = (n: number): number => Math.floor(next() * n)
  return { next, below, any: <T>(list: readonly T[]): T => list[below(list.length)] as T }
}

/** Data that is changed in place, and its rows as they are now. */
interface Source {
  readonly input: unknown
  readonly isNested: boolean
  rows(): readonly Row[]
  change(random: Random): void
}

const STEPS = 100
const KNOWN = ['a', 'b', '']
const TEXTS = ['a', 'b', '', 'é', '__proto__', 'a\0b']
const x = ({ any }: Random): number | null | undefined =>
  any([0, -0, 1, -1, 2.5, -1e-9, 1e300, Number.NaN, null, undefined])
const t = ({ any }: Random): string | null | undefined => any([...TEXTS, null, undefined])

type Cells = Record<string, unknown>
const read = (record: Cells, n: number): Row => {
  const { deep } = record as { deep?: { in: number[] } | null }
  return {
    n,
    id: Number(record.id),
    x: (record.x as number | undefined) ?? null,
    t: (record.t as string | undefined) ?? null,
    deep: deep ? (deep.in[0] as number) : null,
  }
}

/** What records may get from their prototypes; a value of it is changed, too. */
const prototype = { t: 'a' }
class Order {
  static rate = 1
  constructor(cells: Cells) {
    Object.assign(this, cells)
  }
  get x(): number {
    return Order.rate
  }
}

function recordOf(random: Random, isNested: boolean): Cells {
  const { any, below } = random
  const cells: Cells = { id: below(30), x: x(random), t: t(random), day: new Date(below(5) * 86_400_000) }
  if (isNested) cells.deep = any([null, { in: [below(9) - 2] }, { in: [1] }])
  const { x: _, ...inherited } = cells
  return any([
    () => cells,
    () => Object.assign(Object.create(null) as Cells, cells),
    () => Object.freeze(cells),
    () => new Order(inherited) as unknown as Cells,
    () => Object.assign(Object.create(prototype) as Cells, { id: cells.id, x: cells.x, day: cells.day }),
    () => new Proxy(cells, {}),
    () => Object.defineProperty({ ...cells }, 'x', { get: () => Order.rate, enumerable: true, configurable: true }),
    () => ({ t: cells.t, id: cells.id }),
  ])()
}

/** Records of all sorts. The first has a value in every column, so that each keeps its type. */
function records(random: Random, isNested: boolean): Source {
  const first = { id: 100, x: 0.5, t: 'a', day: new Date(0), ...(isNested ? { deep: { in: [1] } } : {}) }
  const list: Cells[] = [first, ...Array.from({ length: random.below(12) }, () => recordOf(random, isNested))]
  const place = (): number => 1 + random.below(list.length)
  const edit = (name: string, value: unknown): void => {
    const record = list[place()]
    if (record) Reflect.set(record, name, value)
  }
  const ways: readonly (() => void)[] = [
    () => list.push(recordOf(random, isNested)),
    () => void (list.length > 1 && list.pop()),
    () => list.splice(place(), 1, recordOf(random, isNested)),
    () => list.splice(place(), random.below(2)),
    () => list.splice(1, 0, ...list.splice(place(), 1)),
    () => void (list[place()] = recordOf(random, isNested)),
    () => edit('id', random.below(30)),
    () => edit('x', x(random)),
    () => edit('t', t(random)),
    () => edit('later', random.below(3)),
    () => void (Order.rate = random.any([1, -1, 3])),
    () => void (Order.rate = -Order.rate),
    () => void (prototype.t = random.any(TEXTS)),
    () => void (prototype.t = random.any(TEXTS)),
    () => void (first.x = random.any([0.5, -0.5, -0])),
    () => first.day.setTime(random.below(9)),
    () => {
      const record = list[place()]
      if (record && Object.isExtensible(record)) Reflect.deleteProperty(record, random.any(['x', 't']))
    },
    () => {
      const record = list[place()]
      if (record && Object.isExtensible(record))
        Object.setPrototypeOf(record, random.any([null, { t: 'b' }, { x: -4 }]) as object)
    },
    () => void (list.length > 1 && (list[list.length - 1] = { ...list[list.length - 1] })),
  ]
  const nested: readonly (() => void)[] = [
    () => {
      const { deep } = list[random.below(list.length)] as { deep?: { in: number[] } | null }
      if (deep) deep.in[0] = random.below(9) - 3
    },
  ]
  const all = isNested ? [...ways, ...nested, ...nested, ...nested] : ways
  return {
    input: list,
    isNested,
    rows: () => list.map((record, i) => read(record, i + 1)),
    change: () => random.any(all)(),
  }
}

/** Columns of typed arrays over memory that others may write to, and of lists. */
function columns(random: Random): Source {
  const size = 2 + random.below(9)
  const shared = new Int32Array(new SharedArrayBuffer(4 * size))
  const input = {
    id: shared.map(() => random.below(20)),
    x: [0.5, ...Array.from({ length: size - 1 }, () => x(random))],
    t: ['a', ...Array.from({ length: size - 1 }, () => t(random))],
    deep: new Float64Array(size),
  }
  const place = (): number => 1 + random.below(size - 1)
  const ways: readonly (() => void)[] = [
    () => void (input.id[place()] = random.below(20)),
    () => void (input.x[place()] = x(random)),
    () => void (input.t[place()] = t(random)),
    () => void (input.deep[place()] = random.below(9) - 4),
    () => void (input.t = [...input.t]),
    () => void (input.deep = input.deep.slice()),
    () => void input.x.splice(1, size - 1, ...input.x.slice(1).reverse()),
  ]
  return {
    input,
    isNested: true,
    rows: () =>
      Array.from({ length: size }, (_, i) => ({
        n: i + 1,
        id: input.id[i] as number,
        x: input.x[i] ?? null,
        t: input.t[i] ?? null,
        deep: input.deep[i] as number,
      })),
    change: () => random.any(ways)(),
  }
}

/** An Arrow table over numbers that somebody writes to. */
function arrow(random: Random): Source {
  const size = 2 + random.below(9)
  const data = { id: new Int32Array(size), x: new Float64Array(size), deep: new Float64Array(size) }
  const texts = Array.from({ length: size }, (_, i) => (i === 0 ? 'a' : random.any(TEXTS.slice(0, 4))))
  const input = tableFromArrays({ ...data, t: texts })
  const own = (name: 'id' | 'x' | 'deep'): Int32Array => input.getChild(name)?.data[0]?.values as never
  return {
    input,
    isNested: true,
    rows: () =>
      texts.map((text, i) => ({
        n: i + 1,
        id: own('id')[i] as number,
        x: own('x')[i] as number,
        t: text,
        deep: own('deep')[i] as number,
      })),
    change: () => void (own(random.any(['id', 'x', 'deep']))[random.below(size)] = random.below(9) - 3),
  }
}

/** A dataset, and the rows that it has of those of its source. */
interface Opened {
  readonly data: Dataset
  readonly source: Source
  /** It has an engine of its own, and stands beside nothing else. */
  readonly isQuery?: true
  of(rows: readonly Row[]): readonly Row[]
}

function opened(source: Source, random: Random): Opened {
  const whole: Opened = { data: dataset(source.input as never), source, of: (rows) => rows }
  const id = random.below(20)
  return random.any([
    () => whole,
    () => whole,
    () => ({ ...whole, data: whole.data.where({ t: 'a' }), of: (rows) => rows.filter((row) => row.t === 'a') }),
    () => ({ ...whole, data: whole.data.where(sql`id >= ${id}`), of: (rows) => rows.filter((row) => row.id >= id) }),
    () => {
      const { data } = whole
      return {
        ...whole,
        isQuery: true,
        data: dataset(sql`select id, x, t from ${data} where id >= ${id}`),
        of: (rows) => renumbered(rows.filter((row) => row.id >= id)),
      }
    },
  ] as readonly (() => Opened)[])()
}

const renumbered = (rows: readonly Row[]): readonly Row[] => rows.map((row, i) => ({ ...row, n: i + 1 }))

/** What is asked, and what JavaScript says of the rows: those that fail, or whether it holds. */
interface Question {
  readonly check: Check
  readonly one: Opened
  readonly other: Opened
  wanted(rows: readonly Row[], others: readonly Row[]): readonly number[] | boolean
}

function question(random: Random, one: Opened, other: Opened): Question {
  const { data } = one
  const options = { allowEmpty: true } as const
  const count = random.below(8)
  const asked = (check: Check, wanted: Question['wanted']): Question => ({ check, one, other, wanted })
  const ofRows = (check: Check, fails: (row: Row, rows: readonly Row[], others: readonly Row[]) => boolean) =>
    asked(check, (rows, others) => rows.filter((row) => fails(row, rows, others)).map(({ n }) => n))
  const alone: readonly (() => Question)[] = [
    () =>
      ofRows(valuesBetween(data.column('x'), { min: 0 }, options), ({ x: value }) => value !== null && !(value >= 0)),
    () =>
      ofRows(valuesIn(data.column('t'), KNOWN, options), ({ t: value }) => value !== null && !KNOWN.includes(value)),
    () => ofRows(noMissing(data.column('t'), options), ({ t: value }) => value === null),
    () => ofRows(uniqueKey(data, ['id'], options), ({ id }, rows) => rows.filter((row) => row.id === id).length > 1),
    () => asked(rowCount(data, { min: count, max: count + 3 }), ({ length }) => length >= count && length <= count + 3),
  ]
  const together: readonly (() => Question)[] = [
    () =>
      ofRows(
        keyExists(data, ['id'], other.data, ['id'], options),
        ({ id }, _, others) => !others.some((row) => row.id === id),
      ),
  ]
  return random.any(one.isQuery || other.isQuery ? alone : [...alone, ...together])()
}

const failed = ({ evidence }: CheckResult): readonly number[] =>
  evidence.flatMap((block) => (block.kind === 'rows' ? (block.rowNumbers ?? []) : []))

/** What JavaScript says of rows of now, as a verdict. */
function verdictOf({ one, other, wanted }: Question): { readonly status: string; readonly rows: readonly number[] } {
  const rows = one.of(one.source.rows())
  const result = wanted(rows, other.of(other.source.rows()))
  if (typeof result === 'boolean') return { status: result ? 'pass' : 'fail', rows: [] }
  return { status: result.length > 0 ? 'fail' : 'pass', rows: result }
}

test.each(['a', 'b', 'c'])('data that is changed in place is judged as it is: seed %s', async (seed) => {
  const random = draws(`mutated ${seed}`)
  const { any, below, next } = random
  const sources = [records(random, false), records(random, true), columns(random), arrow(random)]
  const open = sources.flatMap((source) => [opened(source, random), opened(source, random)])
  let judged = 0
  let changed = 0
  for (let step = 0; step < STEPS; step++) {
    for (let i = any([0, 1, 1, 1, 2, 9]); i > 0; i--) any(sources).change(random)
    if (next() < 0.1) open[below(open.length)] = opened(any(sources), random)
    const questions = Array.from({ length: 1 + below(4) }, () => question(random, any(open), any(open)))
    const asked = evaluate(questions.map(({ check }) => check))
    // What is changed before an assertion is awaited may be judged as it was or as it is, and never in between.
    const moments = [questions.map(verdictOf)]
    if (next() < 0.3) {
      for (let turn = below(4); turn > 0; turn--)
        await (next() < 0.5 ? null : new Promise((resolve) => setImmediate(resolve)))
      for (let i = 1 + below(2); i > 0; i--) {
        any(sources).change(random)
        moments.push(questions.map(verdictOf))
      }
    }
    for (const [i, result] of (await asked).slice(0, questions.length).entries()) {
      const told = `step ${step}: ${result.title} of ${result.subject.name}`
      if (result.status === 'error') {
        expect(result.message, told).toContain('changed while')
        expect(moments.length, told).toBeGreaterThan(1)
        changed++
        continue
      }
      const verdict = { status: result.status === 'vacuous' ? 'pass' : result.status, rows: failed(result) }
      expect(
        moments.map((verdicts) => verdicts[i]),
        told,
      ).toContainEqual(verdict)
      judged++
    }
  }
  expect(judged).toBeGreaterThan(2 * STEPS)
  expect(changed).toBeLessThan(judged / 10)
})
