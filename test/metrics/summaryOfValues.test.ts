import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { runMetrics } from '../../src/metrics/run.ts'
import { summariesOfValues } from '../../src/metrics/summaryOfValues.ts'
import { valueSummary } from '../../src/metrics/kinds/valueSummary.ts'
import { raw, sql } from '../../src/sql/sql.ts'

const quoted = (text: string): string => `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.constantFrom(
    '',
    'a',
    'A-1',
    'A-2',
    'b c',
    '\t\n',
    '…',
    'é',
    'e\u0301',
    '\ue000',
    '\ufffd',
    '\u{1f600}',
    '\ufeffx',
    'x'.repeat(40),
    'x'.repeat(41),
    `${'9'.repeat(39)}\u{1f600}`,
    `${'9'.repeat(39)}\u{1f600}b`,
  ),
)

const times = fc
  .date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })
  .map((time) => time.toISOString().replace('T', ' ').replace('Z', ''))
const someTimes = fc.oneof(
  times,
  fc.constantFrom(
    '1970-01-01',
    '2024-02-29 12:00:00',
    '2024-02-29 12:00:00.5',
    '2024-02-29 12:00:00.250',
    '1969-12-31 23:59:59.999',
  ),
)
const hostileTimes = fc.oneof(
  someTimes,
  fc.constantFrom('infinity', '2024-01-01 00:00:00.000001', '12024-01-01', '0044-03-15 (BC)'),
)

/** Types, literals of them, and whether JavaScript tells all there is. */
const kinds: readonly (readonly [type: string, cells: fc.Arbitrary<string>, isTold: boolean | undefined])[] = [
  ['bigint', fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }).map(String), undefined],
  ['bigint', fc.integer({ min: -3, max: 3 }).map(String), true],
  ['tinyint', fc.integer({ min: -128, max: 127 }).map(String), true],
  ['ubigint', fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String), undefined],
  ['hugeint', fc.bigInt({ min: -(2n ** 100n), max: 2n ** 100n }).map(String), undefined],
  ['double', fc.oneof(fc.double().map(String), fc.constantFrom('0', '-0.0', 'NaN', '0.1', '1e300')).map(quoted), true],
  ['double', fc.constantFrom('NaN', 'Infinity', '-Infinity').map(quoted), true],
  ['float', fc.oneof(fc.float().map(String), fc.constantFrom('0.1', '16777217')).map(quoted), true],
  ['decimal(9, 2)', fc.integer({ min: -99_999, max: 99_999 }).map((cents) => String(cents / 100)), false],
  ['varchar', texts.map(quoted), true],
  ['boolean', fc.constantFrom('true', 'false'), true],
  ['date', someTimes.map((text) => quoted(text.slice(0, 10))), true],
  ['timestamp', someTimes.map(quoted), true],
  ['timestamp', fc.constantFrom("'2024-02-29 12:00:00.25'", "'1969-12-31'"), true],
  ['timestamp', fc.constantFrom("'2024-02-29 12:00:00.000001'", "'2024-02-29 12:00:00.000002'"), false],
  ['timestamp', hostileTimes.map(quoted), undefined],
  ['timestamp_ms', someTimes.map(quoted), true],
  ['timestamp_s', someTimes.map(quoted), false],
  ['timestamp_ns', fc.constantFrom("'2024-02-29 12:00:00.123456789'"), false],
  ['timestamptz', someTimes.map(quoted), true],
  ['time', fc.constantFrom("'12:00:00'"), false],
  ['integer[]', fc.constantFrom('[1]', '[]'), false],
]

test.each(kinds)(
  'of %s JavaScript tells what the engine tells, or leaves it to the engine',
  async (type, cells, isTold) => {
    const engine = await sharedDuckDB()
    const column = fc.array(fc.oneof({ weight: 6, arbitrary: cells }, { weight: 1, arbitrary: fc.constant('null') }), {
      maxLength: 30,
    })
    await fc.assert(
      fc.asyncProperty(column, fc.integer({ min: 1, max: 4 }), async (literals, top) => {
        const rows = literals.length === 0 ? 'null), (null' : literals.join('), (')
        const relation = await engine.relation(
          sql`(select cast(v as ${raw(type)}) as v from (values (${raw(rows)})) as x(v))`,
        )
        const [about] = relation.columns
        if (!about) throw new Error('no column')
        const isMeasured = ['integer', 'number', 'date', 'timestamp', 'timestamptz'].includes(about.type)
        const edges = isMeasured ? [-1e300, -1e15, -2, 0, 1, 1.5, 1e12, 1e300] : undefined
        const metric = valueSummary('v', { top, ...(edges ? { edges } : {}) })
        const own = (await summariesOfValues(relation, [{ name: 'v', edges }], { top, mostRows: 30 }, {})).get('v')
        if (isTold !== undefined && literals.some((literal) => literal !== 'null'))
          expect(own !== undefined).toBe(isTold)
        if (!own) return
        const told = (await runMetrics([metric], relation)).get(metric.key)
        if (!told?.ok) throw told?.error
        expect(own).toEqual(told.value)
      }),
      { numRuns: process.env.ASSAY_SUITE === 'all' ? 200 : 12 },
    )
  },
)
