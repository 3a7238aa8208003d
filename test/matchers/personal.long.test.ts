import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { assay } from '../helpers/cli.ts'
import { outcomes, project } from '../helpers/project.ts'

/** Values that no other text of a run holds, as they are and as they may be spelled. */
const secrets = { email: 'zq7xsecret@hidden.example', salary: 73918264, born: '1913-07-19', called: 'Zq Io' }
const spellings = /zq7xsecret|hidden\.example|73.?918.?264|7\.39\d*e\+?7|1913-07-19|zq io/i

const rows = Array.from({ length: 60 }, (_, i) => [
  i + 1,
  i === 7 ? secrets.email : `p${i}@example.org`,
  i === 7 ? secrets.salary : 1000 + i,
  i === 7 ? secrets.born : `19${60 + (i % 30)}-01-0${1 + (i % 9)}`,
  ['Rome', 'Oslo', ''][i % 3],
])
const csv = (lines: readonly (readonly unknown[])[]): string =>
  `id,email,salary,born,city\n${lines.map((row) => row.join(',')).join('\n')}\n`
const inputs = {
  'people.csv': csv(rows),
  'later.csv': csv([...rows.slice(0, 20), ...rows.slice(0, 20), ...rows]),
  'damaged.csv': `${csv(rows.slice(0, 3))}9,"${secrets.email},x\n`,
  'secrets.json': JSON.stringify(secrets),
  'enum.schema.json': JSON.stringify({
    properties: {
      email: { type: 'string', enum: [secrets.email], 'x-assay': { pii: true } },
      salary: { const: secrets.salary, 'x-assay': { pii: true } },
      born: { type: 'string', format: 'date', formatMinimum: secrets.born, 'x-assay': { pii: true } },
    },
    allOf: [{ properties: { email: { const: secrets.email } } }],
  }),
  'plain.schema.json': JSON.stringify({
    properties: { email: { type: 'string' }, salary: { type: 'integer', minimum: 5 } },
  }),
}
const tagged = {
  email: { 'x-assay': { pii: true } },
  salary: { 'x-assay': { pii: true } },
  born: { 'x-assay': { pii: true } },
}

/** Every matcher, with values of the columns in every place that takes values, failing and passing. */
const suite = (open: string, first = ''): string => `
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { dataset, evaluate, inferContract, mft, model, perturb, profile, sql, suggest, valuesIn } from 'assay'
import { afterAll, expect, test } from 'vitest'
const { email, salary, born, called } = JSON.parse(readFileSync('secrets.json', 'utf8'))
const open = (file, more = {}) => ${open}
const people = open('people.csv')
const later = open('later.csv', { name: 'later' })
${first}
const slices = () => [people.where({ email }), people.where({ salary: [salary, 5] }), people.where(sql\`email = \${email} and id > 0\`), people.where(sql\`salary > 73918263\`), people.where({ born }).sample(5)]
const table = {
  in: () => expect(people.column('email')).toHaveValuesIn([email, 'b']),
  notIn: () => expect(people.column('email')).not.toHaveValuesIn(people_all()),
  numbers: () => expect(people.column('salary')).toHaveValuesIn([salary]),
  wrong: () => expect(people.column('salary')).toHaveValuesIn([email]),
  between: () => expect(people.column('salary')).toHaveValuesBetween({ max: 5000 }),
  exactly: () => expect(people.column('salary')).toHaveValuesBetween({ min: salary, max: salary }),
  matching: () => expect(people.column('email')).toHaveValuesMatching(new RegExp(email)),
  matchingOne: () => expect(people.column('email')).toHaveValuesMatching(new RegExp('^' + called + '$')),
  notMatchingOne: () => expect(people.column('email')).not.toHaveValuesNotMatching('^' + called + '$'),
  shares: () => expect(people.column('email')).toHaveDistribution({ [called]: 0.5 }),
  matches: () => expect(people.column('email')).toHaveValuesMatching(/@example/),
  length: () => expect(people.column('email')).toHaveValueLengthBetween({ max: 20 }),
  type: () => expect(people.column('email')).toHaveValuesOfType('integer'),
  sum: () => expect(people.where({ id: 8 }).column('salary')).toHaveSumBetween({ max: 1 }),
  sumHolds: () => expect(people.where({ id: 8 }).column('salary')).toHaveSumBetween({ min: 1 }),
  missing: () => expect(people.column('city')).toHaveNoMissing(),
  rows: () => expect(people).toHaveRowCount(1),
  key: () => expect(people).toHaveUniqueKey(['city', 'email']),
  unique: () => expect(people.column('city').dataset).toHaveUniqueKey('city'),
  drift: () => expect(later).toHaveNoDriftFrom(people, { limit: 0.0001, confidence: 0.5 }),
  driftOfSlices: () => expect(later).toHaveNoDriftFrom(people.where({ email })),
  categories: () => expect(later.column('city')).toHaveNoDriftFrom(people.where({ email: [email, 'p1@example.org'] }).column('city'), { limit: 0.0001 }),
  schemaOf: () => expect(people).toMatchSchema({ properties: { email: { enum: ['a'] }, salary: { multipleOf: 7, maximum: 5 }, born: { type: 'integer' } } }),
  rowSchema: () => expect(people).toMatchSchema({ not: { properties: { email: { const: email } }, required: ['email'] } }),
  enum: () => expect(people).toMatchSchema('enum.schema.json'),
  library: () => expect(people).toMatchSchema({ '~standard': { version: 1, vendor: 'mine', validate: (row) => ({ issues: [{ message: 'bad ' + row.email + row.salary, path: ['city'] }, { message: 'worse ' + row.email }] }) } }),
  throwing: () => expect(people).toMatchSchema({ '~standard': { version: 1, vendor: 'mine', validate: (row) => { throw new Error('no ' + email) } } }),
  contract: () => expect(people).toMatchSchema(),
  invariant: () => expect(model('m', (text) => text.toUpperCase().toLowerCase())).toBeInvariantTo(perturb.typos(), { over: people.column('email') }),
  invariantError: () => expect(model('m', (text) => { throw new Error('cannot ' + text) })).toBeInvariantTo(perturb.typos(), { over: people.column('email') }),
  engine: () => people.where(sql\`cast(email as integer) = 1\`).rows(),
  engineCheck: () => expect(people.where(sql\`cast(email as integer) = 1\`)).toHaveRowCount(0),
  engineSlice: () => expect(people.where({ salary: email })).toHaveRowCount(0),
  query: async () => expect(dataset(sql\`select * from \${people} where email = \${email}\`, { pii: ['email', 'salary', 'born'] })).toHaveRowCount(0),
  derived: async () => expect(dataset(sql\`select * from (select * from \${people})\`).column('city')).toHaveValuesIn(['x']),
  equal: () => expect(people).toEqual(later),
  equalColumns: () => expect(people.column('email')).toEqual(later.column('email')),
  equalSlices: () => expect(slices()).toEqual([1]),
  damaged: () => expect(open('damaged.csv')).toHaveRowCount(3),
}
const people_all = () => Array.from({ length: 60 }, (_, i) => (i === 7 ? email : 'p' + i + '@example.org'))
for (const [name, work] of Object.entries(table)) test(name, work)
test('slices', async () => { for (const slice of slices()) await expect(slice).toHaveRowCount(1) })
test('no slice holds', async () => { for (const slice of slices()) await expect.soft(slice.column('city')).toHaveValuesIn(['nowhere']) })
test('contracts of slices', async () => { for (const slice of slices().slice(0, 3)) await expect(slice).toMatchSchema() })
test('printed', () => { console.log(people, people.column('email'), inspect(people, { depth: 9, showHidden: true }), JSON.stringify([people, ...slices()]), String(people), \`\${people}\`) })
test('cloned', () => { expect(() => structuredClone({ people })).not.toThrow(); console.log(structuredClone({ people })) })
test('told by functions', async () => {
  const results = await evaluate([valuesIn(people.column('email'), [email])])
  console.log(JSON.stringify([results, await profile(people), await inferContract(people), await suggest(people)]), results)
})
test('cases of rows', async () => {
  const cases = mft((await people.rows()).map((row) => Object.assign(row, { input: row.email, expected: 'x' })))
  console.log(cases.map(({ name }) => name).join())
  await expect(model('m', (text) => text)).toPassMFT(cases)
})
`

/** Everything that is told of a value in a folder that a run left: where it stands, and the line. */
async function found(folder: string, output: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile())
  const texts: [string, string][] = [['output', output]]
  for (const file of files) {
    const full = path.join(file.parentPath, file.name)
    const name = path.relative(folder, full)
    texts.push(['name', name])
    if (!(name in inputs)) texts.push([name, await readFile(full, 'utf8')])
  }
  return texts.flatMap(([where, text]) =>
    text
      .split('\n')
      .filter((line) => spellings.test(line))
      .map((line) => `${where}: ${line.slice(Math.max(0, line.search(spellings) - 150), line.search(spellings) + 80)}`),
  )
}

describe('no value of a personal column is in anything that a run prints or writes', () => {
  test.for([
    ['an option', { 'a.test.ts': suite(`dataset(file, { pii: ['email', 'salary', 'born'], ...more })`) }],
    [
      'a contract beside the test',
      {
        'a.test.ts': suite(`dataset(file, more)`),
        ...Object.fromEntries(
          ['people', 'later', 'damaged'].map((name) => [
            `__contracts__/${name}.schema.json`,
            JSON.stringify({
              type: 'object',
              properties: { ...tagged, id: { type: 'integer' }, city: { type: 'integer' } },
            }),
          ]),
        ),
      },
    ],
    [
      'a schema that was asked before',
      {
        'a.test.ts': suite(
          `dataset(file, more)`,
          `const tags = { properties: ${JSON.stringify(tagged)} }
test('tags', async () => { for (const one of [people, later, open('damaged.csv')]) await expect(one).toMatchSchema(tags).catch(() => {}) })`,
        ),
      },
    ],
  ] as const)('tagged by %s', async ([, files]) => {
    const made = await project({ ...inputs, ...files }, `{ waivers: undefined }`)
    try {
      const run = await made.run([], {
        GITHUB_ACTIONS: 'true',
        ASSAY_KEY: 'a secret of the runs',
        GITHUB_STEP_SUMMARY: path.join(made.folder, 'summary.md'),
      })
      const told = outcomes(run)
      // It did run: the failures say what they always say, but for values.
      expect(told['in']?.message).toContain('one of 2 values')
      expect(told['between']?.message).toContain('▸ [redacted]')
      expect(told['slices']?.message ?? '').not.toContain('Error: Cannot')
      expect(await found(made.folder, run.output)).toEqual([])
    } finally {
      await made.remove()
    }
  })

  test('tagged by a schema in another file, and after the failures: the report has none', async () => {
    const made = await project({
      ...inputs,
      'a.test.ts': suite(`dataset(file, more)`),
      'described.test.ts': `
import { dataset, sql } from 'assay'
import { expect, test } from 'vitest'
const numbers = dataset(sql\`select id, cast(email as integer) as number from \${dataset('people.csv')} where id = 8\`, { name: 'numbers' })
test('cast', () => expect(numbers).toHaveRowCount(1))`,
      'queried.test.ts': `
import { dataset, sql } from 'assay'
import { expect, test } from 'vitest'
const people = dataset('people.csv')
const same = dataset(sql\`select * from \${people} where id = 8\`, { name: 'same' })
const alias = dataset(sql\`select id, email as city from \${people} where salary = 73918264\`, { name: 'alias' })
const nested = dataset(sql\`select upper(city) as loud from \${alias}\`, { name: 'nested' })
test('same', () => expect(same.column('email')).toHaveValuesIn(['nobody']))
test('alias', () => expect(alias.column('city')).toHaveValuesIn(['nobody']))
test('nested', () => expect(nested.column('loud')).toHaveValuesMatching(/^nobody$/))
test('drift', () => expect(alias).toHaveNoDriftFrom(people, { columns: ['city'] }))`,
      'z.test.ts': `
import { dataset } from 'assay'
import { expect, test } from 'vitest'
const tags = { properties: ${JSON.stringify(tagged)} }
test('tags', async () => { for (const file of ['people.csv', 'later.csv', 'damaged.csv']) await expect(dataset(file)).toMatchSchema(tags).catch(() => {}) })`,
    })
    try {
      await made.run(['--no-file-parallelism'])
      const report = path.join(made.folder, 'report')
      expect(await found(report, '')).toEqual([])
      expect(await readFile(path.join(report, 'report.json'), 'utf8')).toContain(
        'the columns of numbers could not be described',
      )
      expect(await readFile(path.join(report, 'report.json'), 'utf8')).toContain('one of 2 values')
    } finally {
      await made.remove()
    }
  })

  test.each([
    ['is wrong', "expect(people).toHaveRowCount('many')"],
    ['is refused', 'expect(people).not.toMeetAll([])'],
    ['is of no column that is there', "expect(people.column('nowhere')).toHaveNoMissing()"],
  ])('tagged by an assertion that %s, in another file: the report has none', async (_, assertion) => {
    const made = await project({
      ...inputs,
      'a.test.ts': `
import { dataset } from 'assay'
import { expect, test } from 'vitest'
test('emails', () => expect(dataset('people.csv').where({ id: 8 }).column('email')).toHaveValuesIn(['nobody']))`,
      'z.test.ts': `
import { dataset } from 'assay'
import { expect, test } from 'vitest'
const people = dataset('people.csv', { pii: ['email', 'salary', 'born'] })
test('wrong', () => ${assertion})`,
    })
    try {
      await made.run(['--no-file-parallelism'])
      const report = path.join(made.folder, 'report')
      expect(await readFile(path.join(report, 'report.json'), 'utf8')).toContain('valuesIn')
      expect(await found(report, '')).toEqual([])
    } finally {
      await made.remove()
    }
  })

  test('commands', async () => {
    const made = await project(inputs)
    const cwd = made.folder
    try {
      await mkdir(path.join(cwd, '__contracts__'))
      let output = ''
      const ways = [['--pii', 'email,salary,born'], []]
      for (const pii of ways) {
        if (pii.length === 0)
          await writeFile(path.join(cwd, '__contracts__/people.schema.json'), JSON.stringify({ properties: tagged }))
        const all: readonly string[][] = [
          ['profile', 'people.csv'],
          ['profile', 'people.csv', '--json'],
          ['suggest', 'people.csv'],
          ['suggest', 'people.csv', '--json'],
          ['check', 'people.csv', '--schema', 'enum.schema.json', '--report', `report${pii.length}`],
          ['check', 'people.csv', '--schema', 'enum.schema.json', '--json'],
          ['explain', 'people.csv', '--schema', 'enum.schema.json'],
          ['explain', 'people.csv', '--schema', 'enum.schema.json', '--analyze', '--json'],
          ['compare', 'enum.schema.json', 'plain.schema.json'],
          ['compare', 'plain.schema.json', 'enum.schema.json', '--json'],
          ['drift', 'later.csv', 'people.csv', '--report', `drift${pii.length}`],
          ['profile', 'people.csv', '--freeze', `frozen${pii.length}.json`],
          ['drift', 'later.csv', `frozen${pii.length}.json`],
          ['init', 'people.csv', '--force', '--into', `init${pii.length}`],
        ]
        // A contract is heeded where data is opened: a few commands show it.
        for (const args of pii.length > 0 ? all : all.filter(([name]) => name === 'profile' || name === 'drift')) {
          const more = args[0] === 'compare' ? [] : pii
          const { stdout, stderr } = await assay([...args, ...more], { cwd })
          output += `${args.join(' ')}\n${stdout}${stderr}`
        }
      }
      expect(output).toContain('[redacted]')
      expect(await found(cwd, output)).toEqual([])
    } finally {
      await made.remove()
    }
  })
})

test('the contract beside a test is heeded by all that the test reads, outside of assertions too', async () => {
  const made = await project({
    'people.csv': csv(rows.slice(0, 30)),
    '__contracts__/people.schema.json': JSON.stringify({ properties: tagged }),
    'tests.test.ts': `
import { dataset, evaluate, freeze, valuesIn } from 'assay'
import { expect, test } from 'vitest'
test('shows', async () => {
  const people = dataset('people.csv')
  await freeze(people, 'reference.profile.json')
  console.log(JSON.stringify(await evaluate(valuesIn(people.column('email'), ['a']))))
})
`,
  })
  try {
    const run = await made.run()
    expect(outcomes(run).shows?.status, run.output).toBe('passed')
    const kept = await readFile(path.join(made.folder, 'reference.profile.json'), 'utf8')
    expect(kept).toContain('{"name":"email","why":"personal"}')
    expect(`${kept}${run.output}`).not.toMatch(spellings)
  } finally {
    await made.remove()
  }
})
