import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { noMissing } from '../../src/checks/kinds/noMissing.ts'
import { profile } from '../../src/profile/profile.ts'
import { type Dataset, dataset, datasetOf } from '../../src/dataset/dataset.ts'
import { matchesSchema } from '../../src/contracts/matchesSchema.ts'
import { table, string } from '../../src/languages/table/builder.ts'
import { sql } from '../../src/sql/sql.ts'
import { assay } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'
import { relationOf } from '../../src/dataset/opened.ts'

const secret = 'alice@hidden.example'
const records = [{ id: 1, Email: secret, city: 'Rome' }]

describe('a name in pii or key that is no column is an error, with the near name', () => {
  const folder = folderWith({ 'people.csv': `id,Email,city\n1,${secret},Rome\n` })
  test.for([
    ['records', async (options: object) => dataset(records, options)],
    ['a file', async (options: object) => dataset(path.join(await folder, 'people.csv'), options)],
    ['columns', async (options: object) => dataset({ id: [1], Email: [secret], city: ['Rome'] }, options)],
    ['a query', async (options: object) => dataset(sql`select * from ${dataset(records)}`, options)],
    [
      'an open table',
      async (options: object) => datasetOf(await relationOf(dataset(records)), { name: 't', ...options }),
    ],
  ] as const)('%s', async ([, open]) => {
    for (const option of ['pii', 'key']) {
      for (const [asked, near] of [
        ['email', 'did you mean "Email"?'],
        [['Email', 'cityy'], 'did you mean "city"?'],
      ]) {
        const one = await open({ [option]: asked })
        await expect(one.rows()).rejects.toThrow(near as string)
        const [result] = await evaluate(noMissing(one.column('id')))
        expect(result).toMatchObject({ status: 'error', message: expect.stringContaining(near as string) })
        await expect(profile(one)).rejects.toThrow(near as string)
      }
    }
    await expect((await open({ pii: 'Email', key: ['id'] })).rows()).resolves.toHaveLength(1)
  })

  test('the command line says so too, and shows nothing', async () => {
    const { code, stdout, stderr } = await assay(['profile', 'people.csv', '--pii', 'Emial'], { cwd: await folder })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('did you mean "Email"?')
  })

  test.for([
    ['JSON Schema', { properties: { email: { 'x-assay': { pii: true } } } }],
    ['a table', table({ id: string().optional(), email: string().optional().pii() })],
  ] as const)(
    'a tag of %s on a name that only looks like a column is an error, and the column is not shown',
    async ([, schema]) => {
      const one = dataset(records.map((row) => ({ ...row })))
      const results = await evaluate(matchesSchema(one, schema as object))
      expect(results.filter(({ status }) => status === 'error').map(({ message }) => message)).toEqual([
        expect.stringMatching(/"email" is personal, and there is no such column\n {2}hint: did you mean "Email"\?/),
      ])
      expect(JSON.stringify([results, await profile(one)])).not.toContain(secret)
    },
  )

  test('a personal column of the schema that the data has not, nor anything like it, is no error', async () => {
    const results = await evaluate(
      matchesSchema(dataset(records), { properties: { telephone: { 'x-assay': { pii: true } }, Email: {}, id: {} } }),
    )
    expect(results.map(({ status }) => status)).not.toContain('error')
  })
})

describe('a tag holds for all that reads the same data', () => {
  const tags = { properties: { Email: { 'x-assay': { pii: true } } } }
  const isHidden = async (one: Dataset): Promise<void> =>
    expect(JSON.stringify(await profile(one))).not.toContain(secret)

  test('the same records, file, slices, samples and queries over them, opened before or after', async () => {
    const file = path.join(await folderWith({}), 'people.csv')
    await writeFile(file, `id,Email,city\n1,${secret},Rome\n`)
    for (const source of [records.map((row) => ({ ...row })), file]) {
      const before = dataset(source as never)
      const query = dataset(sql`select * from ${before}`)
      const renamed = dataset(sql`select Email as city from ${before}`)
      await query.rows()
      await renamed.rows()
      await evaluate(matchesSchema(dataset(source as never), tags))
      for (const one of [
        before,
        before.where({ id: 1 }),
        before.sample(1),
        dataset(source as never, { name: 'other' }),
      ])
        await isHidden(one)
      await isHidden(query)
      await isHidden(renamed)
      expect(dataset(sql`select * from ${before} where id = ${4242}`).source).not.toContain('4242')
    }
  })

  test('other data of the same column names is shown', async () => {
    await evaluate(matchesSchema(dataset([{ Email: 'x' }]), tags))
    expect(JSON.stringify(await profile(dataset([{ Email: 'shown' }])))).toContain('shown')
  })
})

describe('a dataset that is printed shows its name and source', () => {
  const people = dataset(records, { name: 'people', pii: 'Email' })
  const slice = people.where({ Email: secret, city: 'Rome' })

  test('to a console, as JSON, as a clone', () => {
    expect(inspect(people)).toBe("dataset { dataset: 'people', source: '1 record' }")
    expect(JSON.parse(JSON.stringify([people, slice]))).toEqual([
      { dataset: 'people', source: '1 record' },
      { dataset: 'people', source: '1 record', slice: 'Email = [redacted] and city = [redacted]' },
    ])
    for (const one of [people, slice, people.column('Email')]) {
      const deep = inspect(one, { depth: 20, showHidden: true, getters: true })
      expect([deep, JSON.stringify(one), JSON.stringify(structuredClone(one))].join()).not.toContain(secret)
    }
  })

  test('in a failure of vitest', () => {
    for (const one of [people, slice, people.column('Email')]) {
      expect(() => expect(one).toEqual({ other: 1 })).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining(secret) }),
      )
    }
  })
})
