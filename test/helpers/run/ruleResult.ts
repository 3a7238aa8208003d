import type { RowsBlock } from '../../../src/results/blocks/rows.ts'
import type { CheckResult, Family, Status } from '../../../src/results/checkResult.ts'
import { nasty } from './nasty.ts'

/** Column, family, kind, matcher, title, expected, passing measurement, failing measurement. */
type Recipe = readonly [string, Family, string, string, string, string, string, string]

const flightRecipes: readonly Recipe[] = [
  [
    'delay',
    'range',
    'valuesBetween',
    'toHaveValuesBetween',
    'values between −120 and 1440',
    '≥ 99.9 % within',
    '99.98 % within',
    '99.21 % within',
  ],
  [
    'origin',
    'set',
    'valuesIn',
    'toHaveValuesIn',
    'values in a set of 64 airports',
    '100 % in set',
    '100 % in set',
    '97.1 % in set',
  ],
  [
    'destination',
    'set',
    'valuesIn',
    'toHaveValuesIn',
    'values in a set of 64 airports',
    '100 % in set',
    '100 % in set',
    '98.2 % in set',
  ],
  [
    'flight_id',
    'unique',
    'valuesUnique',
    'toHaveUniqueValues',
    'values unique',
    'no duplicates',
    'no duplicates',
    '212 duplicate groups',
  ],
  [
    'date',
    'missing',
    'nullShare',
    'toHaveNullShare',
    'share of missing values at most 1 %',
    '≤ 1 %',
    '0.02 %',
    '5.34 %',
  ],
  ['distance', 'statistic', 'mean', 'toHaveMean', 'mean between 700 and 760', '700 to 760', '729.4', '812.6'],
  [
    'tail_number',
    'pattern',
    'valuesMatch',
    'toHaveValuesMatching',
    'values match /^N\\d{1,5}[A-Z]{0,2}$/u',
    '≥ 99 % match',
    '99.7 % match',
    '91.4 % match',
  ],
  ['carrier', 'schema', 'columnType', 'toHaveType', 'type is string', 'string', 'string', 'integer'],
  [
    'delay, distance',
    'rule',
    'rowsSatisfy',
    'toSatisfy',
    'delay is under 24 h when distance is under 500',
    '100 % of rows',
    '100 % of rows',
    '99.4 % of rows',
  ],
  ['', 'volume', 'rowCount', 'toHaveRowCount', 'row count at least 10 000', '≥ 10 000', '231 083', '812'],
]

const orderRecipes: readonly Recipe[] = [
  [
    'order_id',
    'unique',
    'valuesUnique',
    'toHaveUniqueValues',
    'values unique',
    'no duplicates',
    'no duplicates',
    '94.23 % unique',
  ],
  [
    'email',
    'pattern',
    'valuesMatch',
    'toHaveValuesMatching',
    'values look like an email address',
    '≥ 99 % match',
    '99.9 % match',
    '93.1 % match',
  ],
  [
    'amount',
    'range',
    'valuesBetween',
    'toHaveValuesBetween',
    'values between 0 and 10 000',
    '100 % within',
    '100 % within',
    '99.9969 % within',
  ],
  [
    'country',
    'set',
    'valuesIn',
    'toHaveValuesIn',
    'values in GB, DE, FR, NL, ES',
    '100 % in set',
    '100 % in set',
    '96.87 % in set',
  ],
  [
    'postcode',
    'missing',
    'nullShare',
    'toHaveNullShare',
    'share of missing values at most 1 %',
    '≤ 1 %',
    '0 %',
    '3.44 %',
  ],
  ['created_at', 'statistic', 'max', 'toBeFresh', 'newest row at most 24 h old', '≤ 24 h', '3 h', '61 h'],
  [
    'note',
    'missing',
    'nullShare',
    'toHaveNullShare',
    'share of missing values at most 90 %',
    '≤ 90 %',
    '84.2 %',
    '97 %',
  ],
  [
    'customer_id',
    'rule',
    'references',
    'toReference',
    'every value is in customers.id',
    '100 % found',
    '100 % found',
    '98.8 % found',
  ],
  [
    '',
    'schema',
    'schema',
    'toMatchSchema',
    'matches its contract of 19 columns',
    'no finding',
    'no finding',
    '3 findings',
  ],
]

/** The status of the i-th check. */
export function statusOf(i: number): Status {
  const known: Partial<Record<number, Status>> = {
    2: 'fail',
    5: 'error',
    7: 'fail',
    9: 'warn',
    11: 'vacuous',
    14: 'accepted',
    16: 'fail',
    17: 'skipped',
    21: 'error',
    23: 'warn',
    26: 'inconclusive',
  }
  if (i < 40) return known[i] ?? 'pass'
  const more: readonly Status[] = ['fail', 'warn', 'error', 'vacuous', 'accepted', 'inconclusive', 'skipped']
  return i % 37 === 0 ? (more[(i / 37) % more.length] as Status) : 'pass'
}

/** A check of a column or a table. */
export function ruleResult(i: number, status: Status): CheckResult {
  const flights = i % 2 === 0
  const recipes = flights ? flightRecipes : orderRecipes
  const turn = Math.floor(i / 2)
  const recipe = recipes[turn % recipes.length] as Recipe
  const [column, family, kind, matcher, title, expected, good, bad] = recipe
  const round = Math.floor(turn / recipes.length)
  const name = flights ? 'flights' : 'orders'
  const rows = flights ? 231_083 : 1_284_310
  const rowCheck = column !== '' && family !== 'schema' && family !== 'statistic'
  const broken = status === 'fail' || status === 'warn' || status === 'accepted'
  const missing = status === 'vacuous' ? rows : (i * 7919) % 1200
  const tested = rows - missing
  const failed = broken ? 40 + ((i * 104_729) % Math.floor(rows / 12)) : 0
  const slice = round > 0 ? `origin = "${['SEA', 'JFK', 'LAX', 'ORD'][round % 4]}" and week = ${round}` : undefined
  const judged = status !== 'error' && status !== 'vacuous' && status !== 'skipped'
  return {
    id: `${name}/${kind}/${column || 'table'}${slice ? `/${slice}` : ''}`,
    trend: `${name}/${kind}/${column || 'table'}${slice ? `/${slice}` : ''}`,
    kind,
    family,
    matcher,
    subject: { type: 'dataset', name, ...(column ? { column } : {}), ...(slice ? { slice } : {}) },
    title,
    status,
    blocking: status === 'fail' || status === 'error' || status === 'vacuous',
    severity: status === 'warn' ? 'warn' : 'error',
    expected,
    measured: judged ? measuredText(broken ? bad : good, kind, failed / tested, rowCheck && broken) : '—',
    ...(judged && rowCheck ? bounds(kind, expected, failed / tested) : {}),
    ...messageOf(status, column || 'table'),
    ...(rowCheck && status !== 'error' && status !== 'skipped' ? { counts: { rows, missing, tested, failed } } : {}),
    evidence: rowCheck && broken ? [sample(column.split(', ')[0] as string, failed, i)] : [],
    ...(i === 16 ? { negated: true } : {}),
    ...(status === 'accepted'
      ? {
          waiver: {
            owner: 'dana@example.com',
            reason: 'the old carrier codes leave with release 7',
            until: '2026-12-31',
          },
        }
      : {}),
    lineage: {
      datasets: [{ name, source: `data/${name}.parquet`, fingerprint: 'sha256:41d8…', rows }],
      engine: 'DuckDB 1.5.6',
    },
    ms: Math.round(((i * 37) % 310) + 12) / 10,
    scans: 1,
    ...(i === 2 ? { sql: [`SELECT count_if(NOT ("${column}" BETWEEN -120 AND 1440)) FROM "flights"`] } : {}),
    where: { file: `test/${name}.data.test.ts`, test: `${name} keep their contract`, line: 20 + i },
  }
}

function messageOf(status: Status, column: string): { message?: string } {
  if (status === 'error') {
    return {
      message: `There is no column "${column}_x" in this dataset; the nearest is "${column}".\nBinder Error: Referenced column "${column}_x" not found in FROM clause!\nLINE 1: SELECT "${column}_x" FROM t`,
    }
  }
  if (status === 'inconclusive') return { message: 'The interval of the measurement spans the limit.' }
  return {}
}

function sample(column: string, total: number, i: number): RowsBlock {
  const count = Math.min(i < 40 ? 12 : 3, total)
  const rows = Array.from({ length: count }, (_, k) => [
    `A${2_206_469 + k * 911 + i}`,
    k === 1 ? '' : k === 2 ? null : i < 40 ? (nasty[(k + i) % nasty.length] as string) : `value ${k}`,
    `2026-11-${10 + k} 0${k % 10}:14`,
    ['web', 'app', 'store'][k % 3] as string,
  ])
  return {
    kind: 'rows',
    columns: ['key', column, 'created_at', 'channel'],
    rowNumbers: rows.map((_, k) => 1000 + k * 3517),
    rows,
    marked: [1],
    total,
  }
}

/** The measurement that fits the failing rows. */
function measuredText(text: string, kind: string, failing: number, derived: boolean): string {
  if (!derived || !/^[\d.]+ %/.test(text)) return text
  const share = kind === 'nullShare' ? failing : 1 - failing
  return text.replace(/^[\d.]+ %/, `${Number((100 * share).toFixed(failing < 0.001 ? 4 : 2))} %`)
}

function bounds(kind: string, expected: string, failing: number): Pick<CheckResult, 'value' | 'limit'> {
  const limit = Number(/[\d.]+(?= %)/.exec(expected)?.[0] ?? 100) / 100
  return kind === 'nullShare'
    ? { value: failing, limit: { max: limit } }
    : { value: 1 - failing, limit: { min: limit } }
}
