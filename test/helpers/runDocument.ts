import type {
  BehaviorEvidence,
  BehaviorExample,
  Chart,
  CheckResult,
  ColumnProfile,
  DatasetSummary,
  Family,
  PassRate,
  RunDocument,
  Status,
} from '../../src/results/index.ts'

/** Values that break careless reports. */
export const nasty: readonly string[] = [
  '</script><script>window.__pwned=1</script>',
  '<img src=x onerror="window.__pwned=1">',
  '"><svg onload=window.__pwned=1>',
  '\u202eevil\u202c',
  'nul\u0000byte \u001b[31mred\u001b[0m \u009b31m',
  '=HYPERLINK("http://evil.example","click")',
  'a | b | `c` @someone #123 [x](http://evil.example)',
  'two\nlines\tand a tab',
  `${'long '.repeat(600)}`,
  "javascript:alert('x')",
  '{{constructor}} ${process.env} <!--',
  'lone \ud800 half',
]

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

const driftColumns: readonly string[] = [
  'delivery_days',
  'tax',
  'channel',
  'amount',
  'session_s',
  'device',
  'score',
  'country',
]

/** A run of `checks` results over two datasets and two models, with every status and every kind of evidence. */
export function generate(checks = 60): RunDocument {
  const results: CheckResult[] = []
  const special = [...behaviorResults(), ...driftResults()]
  results.push(...special.slice(0, checks))
  for (let i = 0; results.length < checks; i++) results.push(ruleResult(i, statusOf(i)))
  return document(results)
}

/** A run made of exactly these results. */
export function document(results: readonly CheckResult[], overrides: Partial<RunDocument> = {}): RunDocument {
  return {
    schema: 'assay/run/1',
    at: '2026-11-23T04:12:09.000Z',
    title: 'orders · nightly',
    durationMs: 6412,
    environment: { assay: '0.1.0', node: '20.20.2', runner: 'vitest 4.1.12', ci: true, platform: 'linux x64' },
    commit: '3fa91c2b77d0c1aa04f8e2b3c4d5e6f708192a3b',
    branch: 'main',
    datasets: datasets(),
    models: [
      { name: 'sentiment@1.4.0', fingerprint: 'sha256:9b1c…e0', predictions: 18_240 },
      { name: 'toxicity@2.0.1', predictions: 2_400 },
    ],
    results,
    tests: { passed: 128, failed: 1, skipped: 3 },
    notes: ['The waiver for "orders/valuesIn/region" names a check that did not run.'],
    ...overrides,
  }
}

/** One plain result; every field can be replaced. */
export function result(overrides: Partial<CheckResult> = {}): CheckResult {
  return { ...ruleResult(0, 'pass'), ...overrides }
}

function statusOf(i: number): Status {
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

function ruleResult(i: number, status: Status): CheckResult {
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
    kind,
    family,
    matcher,
    subject: { type: 'dataset', name, ...(column ? { column } : {}), ...(slice ? { slice } : {}) },
    title,
    status,
    blocking: status === 'fail' || status === 'error' || status === 'vacuous',
    severity: status === 'warn' ? 'warn' : 'error',
    expected,
    measured: judged ? (broken ? bad : good) : '—',
    ...(judged && rowCheck ? { value: 1 - failed / tested, limit: { min: 0.999 } } : {}),
    ...messageOf(status, column || 'table'),
    ...(rowCheck && status !== 'error' && status !== 'skipped' ? { counts: { rows, missing, tested, failed } } : {}),
    ...(rowCheck && broken ? { sample: sample(column.split(', ')[0] as string, failed, i) } : {}),
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

function sample(column: string, total: number, i: number): NonNullable<CheckResult['sample']> {
  const count = Math.min(i < 40 ? 12 : 3, total)
  const rows = Array.from({ length: count }, (_, k) => [
    `A${2_206_469 + k * 911 + i}`,
    k === 1 ? '' : k === 2 ? null : i < 40 ? (nasty[(k + i) % nasty.length] as string) : `value ${k}`,
    `2026-11-${10 + k} 0${k % 10}:14`,
    ['web', 'app', 'store'][k % 3] as string,
  ])
  return {
    columns: ['key', column, 'created_at', 'channel'],
    rowNumbers: rows.map((_, k) => 1000 + k * 3517),
    rows,
    marked: [1],
    total,
  }
}

function driftResults(): CheckResult[] {
  const effects: readonly (readonly [number, Status])[] = [
    [0.412, 'fail'],
    [0.236, 'fail'],
    [0.165, 'warn'],
    [0.104, 'inconclusive'],
    [0.031, 'pass'],
    [0.018, 'pass'],
    [0.012, 'pass'],
    [0.004, 'pass'],
  ]
  return driftColumns.map((column, i) => {
    const [effect, status] = effects[i] as (typeof effects)[number]
    const spread = status === 'inconclusive' ? 0.03 : 0.012
    const categorical = ['channel', 'device', 'country'].includes(column)
    return {
      id: `orders/drift/${column}`,
      kind: 'drift',
      family: 'drift',
      matcher: 'toHaveNoDriftFrom',
      subject: { type: 'dataset', name: 'orders', column, reference: 'training-2026-09' },
      title: 'no drift',
      status,
      blocking: status === 'fail',
      severity: status === 'warn' ? 'warn' : 'error',
      expected: `${categorical ? 'TV' : 'D'} ≤ 0.1`,
      measured: `${effect}`,
      value: effect,
      limit: { max: 0.1 },
      charts: [categorical ? categories(column, effect) : histogram(effect, column === 'session_s')],
      drift: {
        method: categorical ? 'total variation distance, G-test' : 'Kolmogorov–Smirnov, two samples',
        effect,
        unit: categorical ? 'TV' : 'D',
        interval: [Math.max(0, effect - spread), effect + spread],
        confidence: 0.95,
        limit: 0.1,
        p: status === 'pass' ? 0.31 : 1e-9,
        adjustedP: status === 'pass' ? 0.74 : 8e-9,
        rows: 18_000,
        referenceRows: 20_000,
        missing: 1098,
        referenceMissing: 80,
        leastDetectable: 0.114,
        ...(status === 'inconclusive' ? { rowsToDecide: 4200 } : {}),
        moved: categorical ? 'app rose from 25 % to 44 %' : 'the median rose from 3.1 to 4.4',
      },
      lineage: { datasets: [], engine: 'DuckDB 1.5.6', seed: 7 },
      ms: 41.5,
      scans: 2,
      where: { file: 'test/orders.drift.test.ts', test: 'this month looks like the training data', line: 14 },
    }
  })
}

function histogram(effect: number, time: boolean): Chart {
  const bins = 24
  const bell = (middle: number): number[] =>
    Array.from({ length: bins }, (_, k) => Math.round(20_000 * Math.exp(-(((k - middle) / 4.2) ** 2) / 2)))
  const from = time ? Date.UTC(2026, 9, 1) : 0
  const step = time ? 86_400_000 : 12
  return {
    type: 'histogram',
    edges: Array.from({ length: bins + 1 }, (_, k) => from + k * step),
    current: bell(10 + effect * 18),
    reference: bell(10),
    unit: time ? 'time' : 'number',
  }
}

function categories(column: string, effect: number): Chart {
  const labels =
    column === 'country'
      ? ['GB', 'DE', 'FR', 'NL', 'ES', 'IE', 'BE', 'other']
      : ['web', 'app', 'store', nasty[0] as string]
  const reference = labels.map((_, k) => Math.round(20_000 / (k + 1.6)))
  return {
    type: 'categories',
    labels,
    reference,
    current: reference.map((n, k) => Math.round(n * (1 + (k % 2 ? 3 : -1.4) * effect))),
    ...(column === 'country' ? { folded: 11 } : {}),
  }
}

const skills: readonly (readonly [string, Partial<Record<'MFT' | 'INV' | 'DIR', readonly [number, number]>>])[] = [
  ['vocabulary', { MFT: [500, 1], INV: [420, 6], DIR: [300, 4] }],
  ['robustness', { MFT: [470, 5], INV: [390, 46], DIR: [270, 11] }],
  ['negation', { MFT: [440, 150], INV: [360, 18], DIR: [240, 50] }],
  ['named entities', { MFT: [410, 25], INV: [330, 21], DIR: [210, 4] }],
  ['fairness', { MFT: [380, 0], INV: [300, 1] }],
  ['temporal', { MFT: [350, 32], DIR: [150, 24] }],
]

function rate(name: string, cases: number, failed: number, limit: number): PassRate {
  const passed = cases - failed
  const share = passed / cases
  const half = 1.96 * Math.sqrt(((share + 0.001) * (1.001 - share)) / cases)
  return {
    name,
    cases,
    passed,
    failed,
    errors: 0,
    notApplicable: 0,
    rate: share,
    interval: [Math.max(0, share - half), Math.min(1, share + half)],
    limit,
  }
}

function behaviorResults(): CheckResult[] {
  const matchers = { MFT: 'toPassMFT', INV: 'toBeInvariantTo', DIR: 'toMoveWith' } as const
  const results: CheckResult[] = (['MFT', 'INV', 'DIR'] as const).map((type) => {
    const capabilities = skills.flatMap(([name, cells]) => {
      const cell = cells[type]
      return cell ? [rate(name, cell[0], cell[1], 0.95)] : []
    })
    const cases = capabilities.reduce((sum, c) => sum + c.cases, 0)
    const failed = capabilities.reduce((sum, c) => sum + c.failed, 0)
    const overall = rate('all', cases, failed, 0.95)
    const title = {
      MFT: 'passes 6 skills of minimum functionality',
      INV: 'is invariant to typos',
      DIR: 'moves down when "I hated it." is appended',
    }[type]
    return behaviorResult('sentiment@1.4.0', type, matchers[type], title, {
      type,
      overall,
      capabilities,
      examples: examples(type, capabilities),
      ...(type === 'MFT'
        ? {}
        : { perturbation: type === 'INV' ? 'typos (2 swaps)' : 'append "I hated it."', unchanged: 12 }),
      seed: 7,
      casesPerSecond: 240_000,
    })
  })
  const small = rate('insults', 60, 5, 0.95)
  results.push(
    behaviorResult(
      'toxicity@2.0.1',
      'MFT',
      'toPassMFT',
      'passes minimum functionality',
      {
        type: 'MFT',
        overall: small,
        capabilities: [{ ...small, limit: 0.9 }],
        examples: examples('MFT', [small]).slice(0, 2),
      },
      'inconclusive',
    ),
  )
  const none: PassRate = { name: 'sarcasm', cases: 40, passed: 0, failed: 0, errors: 0, notApplicable: 40 }
  results.push(
    behaviorResult(
      'toxicity@2.0.1',
      'INV',
      'toBeInvariantTo',
      'is invariant to swapped names',
      { type: 'INV', overall: none, capabilities: [none], examples: [], perturbation: 'swap names' },
      'vacuous',
    ),
  )
  const regression = { ...rate('all', 5800, 41, 0.99), name: 'labelled cases' }
  results.push(
    behaviorResult(
      'sentiment@1.4.0',
      'REG',
      'toBeNoWorseThan',
      'is no worse than 1.3.0',
      { type: 'REG', overall: regression, capabilities: [], examples: [] },
      'pass',
    ),
  )
  results.push({
    ...behaviorResult('sentiment@1.4.0', 'MFT', 'toHaveAccuracy', 'accuracy at least 0.9', undefined, 'pass'),
    expected: '≥ 0.9',
    measured: '0.921',
    value: 0.921,
  })
  results.push({
    ...behaviorResult(
      'sentiment@1.4.0',
      'MFT',
      'toBeCalibrated',
      'expected calibration error at most 0.05',
      undefined,
      'fail',
    ),
    expected: '≤ 0.05',
    measured: '0.061',
    value: 0.061,
  })
  return results
}

function behaviorResult(
  name: string,
  type: string,
  matcher: string,
  title: string,
  behavior: BehaviorEvidence | undefined,
  status?: Status,
): CheckResult {
  const own = status ?? ((behavior?.overall.rate ?? 1) < (behavior?.overall.limit ?? 0) ? 'fail' : 'pass')
  return {
    id: `${name}/${matcher}/${type}/${title}`,
    kind: matcher.slice(2),
    family: 'behavior',
    matcher,
    subject: { type: 'model', name },
    title,
    status: own,
    blocking: own === 'fail' || own === 'vacuous',
    severity: 'error',
    expected: 'pass rate ≥ 95 %',
    measured: behavior?.overall.rate === undefined ? '—' : `${(100 * behavior.overall.rate).toFixed(1)} %`,
    ...(behavior ? { behavior } : {}),
    lineage: { datasets: [], model: { name }, seed: 7 },
    ms: 22.1,
    scans: 0,
    where: { file: 'test/sentiment.test.ts', test: 'negation', line: 31 },
  }
}

function examples(type: 'MFT' | 'INV' | 'DIR', capabilities: readonly PassRate[]): BehaviorExample[] {
  return capabilities.flatMap(({ name, failed }, c) =>
    Array.from({ length: Math.min(4, failed) }, (_, k) => ({
      name: ['negated positive', 'add "really"', 'swap names', 'move date'][k] as string,
      capability: name,
      input: k === 2 ? (nasty[c % nasty.length] as string) : `The crew was not helpful on flight ${112 + k * 12}.`,
      ...(type === 'MFT'
        ? {}
        : { perturbed: `The crew was not hepful on flight ${112 + k * 12}.`, before: 'negative (0.91)' }),
      expected: type === 'DIR' ? 'positive falls' : 'negative',
      got: `positive (0.8${k})`,
    })),
  )
}

function datasets(): DatasetSummary[] {
  return [
    {
      name: 'flights',
      source: 'data/flights-231k.parquet',
      fingerprint: 'sha256:41d8c0…77',
      rows: 231_083,
      columns: columns(231_083, [
        'flight_id',
        'date',
        'delay',
        'distance',
        'origin',
        'destination',
        'carrier',
        'tail_number',
      ]),
    },
    {
      name: 'orders',
      source: 's3://warehouse/orders/2026-11-*.parquet',
      fingerprint: 'sha256:b00f12…0a',
      rows: 1_284_310,
      columns: columns(1_284_310, [
        'order_id',
        'customer_id',
        'created_at',
        'country',
        'channel',
        'amount',
        'tax',
        'email',
        'postcode',
        'device',
        'score',
        'note',
      ]),
    },
  ]
}

const texts: Readonly<Record<string, readonly string[]>> = {
  origin: ['ORD', 'DFW', 'ATL'],
  destination: ['DFW', 'ORD', 'LAX'],
  carrier: ['WN', 'AA', 'DL'],
  tail_number: ['N308SW', 'N607SW'],
  country: ['GB', 'DE', 'FR'],
  channel: ['web', 'app', 'store'],
  email: ['a@example.com'],
  postcode: ['SW1A 1AA', '10115'],
  device: ['ios', 'android', 'desktop'],
  note: [nasty[1] as string, 'leave at door'],
  order_id: ['A2206469'],
}

function columns(rows: number, names: readonly string[]): ColumnProfile[] {
  return names.map((name, i) => {
    const top = texts[name]
    const missing = name === 'note' ? Math.round(rows * 0.842) : i % 3 === 2 ? Math.round(rows * 0.0004 * i) : 0
    const distinct = { distinct: name.endsWith('_id') ? rows : 4 + i * 1301 }
    if (top)
      return {
        name,
        type: 'string',
        missing,
        ...distinct,
        top: top.map((value, k) => ({
          value,
          count: name === 'order_id' ? 1 : Math.round(((rows - missing) * 0.4) / (k + 1)),
        })),
      }
    const counts = Array.from({ length: 18 }, (_, k) => Math.round(9000 * Math.exp(-(((k - 4 - i) / 3.4) ** 2) / 2)))
    return {
      name,
      type: name === 'date' || name === 'created_at' ? 'timestamp' : i % 2 ? 'number' : 'integer',
      missing,
      ...distinct,
      min: '0',
      max: '1 440',
      mean: 12.4,
      histogram: { edges: counts.map((_, k) => k).concat(18), counts },
    }
  })
}
