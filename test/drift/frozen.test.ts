import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { freeze, noDriftFrom } from '../../src/drift/index.ts'
import { compare, effectOf, many, normal, random } from './data.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-frozen-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
const fileOf = (name: string) => path.join(folder, name)

const rows = (count: number, seed: number, shift = 0) => {
  const next = random(seed)
  return dataset(
    many(count, (i) => ({
      amount: next() < 0.1 ? null : 50 + 10 * normal(next) + shift,
      items: Math.floor(next() * 6),
      paid: next() < 0.3,
      channel: next() < 0.2 ? 'app' : next() < 0.5 ? 'web' : 'shop',
      at: new Date(Date.UTC(2026, 0, 1) + Math.floor(next() * 60 * 24) * 3_600_000),
      email: `person-${seed}-${i}@example.org`,
      code: `c-${seed}-${i}`,
      tags: [i],
    })),
    { name: `rows ${seed}`, pii: ['email'] },
  )
}
const verdicts = (results: Awaited<ReturnType<typeof compare>>) =>
  Object.fromEntries(results.map(({ subject, status }) => [subject.column, status]))

describe('a frozen reference', () => {
  test('gives the verdicts and effects of the data it was made of', async () => {
    const then = rows(6000, 1)
    const file = fileOf('reference.profile.json')
    await freeze(then, file)
    for (const now of [rows(4000, 2), rows(4000, 3, 8)]) {
      const only = { columns: ['amount', 'items', 'paid', 'channel', 'at'] }
      const [plain, frozen] = [await compare(now, then, only), await evaluate(noDriftFrom(now, file, only))]
      expect(verdicts(frozen)).toEqual(verdicts(plain))
      plain.forEach((result, i) => {
        const [mine, theirs] = [effectOf(frozen[i])?.effect ?? -1, effectOf(result)?.effect ?? -2]
        expect(Math.abs(mine - theirs)).toBeLessThan(result.subject.column === 'amount' ? 1e-3 : 1e-9)
      })
    }
  })

  test.each(['', 'Z'])('knows of its times whether they have a zone: "%s"', async (zone) => {
    const clock = (i: number) => `2024-01-${String(1 + (i % 28)).padStart(2, '0')} 10:${10 + (i % 50)}:00${zone}`
    const file = fileOf(`times${zone}.csv`)
    writeFileSync(file, `at\n${many(900, clock).join('\n')}\n`)
    const data = dataset(file)
    const profile = fileOf(`times${zone}.profile.json`)
    await freeze(data, profile)
    const statuses = async (reference: Dataset | string) =>
      (await evaluate(noDriftFrom(data, reference))).map(({ status }) => status)
    expect(await statuses(profile)).toEqual(await statuses(dataset(file, { name: 'then' })))
  })

  test('is small, the same for the same data, and holds no personal value and no identifier', async () => {
    const [one, two] = [fileOf('one.profile.json'), fileOf('two.profile.json')]
    const profile = await freeze(rows(6000, 1), one)
    await freeze(rows(6000, 1), two)
    expect(readFileSync(one, 'utf8')).toBe(readFileSync(two, 'utf8'))
    expect(statSync(one).size).toBeLessThan(100_000)
    expect(readFileSync(one, 'utf8')).not.toMatch(/person-|c-1-/)
    expect(profile.leftOut).toEqual([
      { name: 'email', why: 'personal' },
      { name: 'code', why: 'identifiers or free text' },
      { name: 'tags', why: 'list values' },
    ])
  })

  test('is written whole, into a folder that need not be there, and over nothing but another one', async () => {
    const data = rows(100, 1)
    const file = fileOf('made/reference.profile.json')
    await freeze(data, file)
    await freeze(data, file)
    expect(readdirSync(fileOf('made'))).toEqual(['reference.profile.json'])
    writeFileSync(fileOf('empty.json'), '')
    await freeze(data, fileOf('empty.json'))
    for (const text of ['a,b\n1,2\n', '<<<<<<< HEAD\n{"assay":"drift-profile"']) {
      writeFileSync(fileOf('data.csv'), text)
      await expect(freeze(data, fileOf('data.csv'))).rejects.toThrow('is no frozen reference, so it stays as it is')
      expect(readFileSync(fileOf('data.csv'), 'utf8')).toBe(text)
    }
    await expect(freeze(data, folder)).rejects.toThrow('is no frozen reference')
    await expect(freeze(data, fileOf('data.csv/x.json'))).rejects.toMatchObject({ code: 'unreadable-file' })
  })

  test('says nothing of the columns it left out, and fails for one that is gone', async () => {
    const file = fileOf('left.profile.json')
    await freeze(rows(3000, 1), file)
    const results = await evaluate(noDriftFrom(rows(3000, 2), file))
    expect(Object.keys(verdicts(results))).not.toContain('email')
    expect(results.map(({ message }) => message ?? '').join()).not.toContain('code')
    const without = await evaluate(noDriftFrom(dataset(many(2000, () => ({ items: 1, paid: true }))), file))
    expect(
      without.filter(({ measured }) => measured === 'the column is missing').map(({ subject }) => subject.column),
    ).toEqual(['amount', 'channel', 'at'])
  })

  test('judges a single column, and may be handed over as it is', async () => {
    const profile = await freeze(rows(3000, 1))
    const now = rows(3000, 2)
    const [result] = await evaluate(noDriftFrom(now.column('items'), profile))
    expect(result).toMatchObject({ status: 'pass', subject: { reference: 'rows 1' } })
  })

  test('of few different numbers is exact, with NaN, infinities and missing values', async () => {
    const odd = dataset({ x: [1, 1, 2, 5, null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] })
    const profile = await freeze(odd)
    expect(profile.columns[0]).toMatchObject({
      missing: 1,
      notNumbers: 1,
      infinite: [1, 1],
      finite: 4,
      counts: [
        [1, 2],
        [2, 1],
        [5, 1],
      ],
    })
    const [result] = await evaluate(noDriftFrom(odd, profile))
    expect(effectOf(result)?.effect).toBe(0)
  })

  test('that is no profile, of another version or not there is an error that says what to do', async () => {
    const now: Dataset = dataset([{ x: 1 }])
    const at = (name: string, text: string) => {
      writeFileSync(fileOf(name), text)
      return () => noDriftFrom(now, fileOf(name))
    }
    expect(() => noDriftFrom(now, fileOf('none.json'))).toThrow(/cannot read the profile "none.json".*\n.*freeze/)
    expect(at('data.json', '[{"x":1}]')).toThrow(/"data.json" is no frozen reference.*\n.*give dataset\(path\)/)
    expect(at('text.json', 'x,y')).toThrow(/it holds no JSON/)
    const text = JSON.stringify(await freeze(dataset([{ x: 1 }, { x: 2 }])))
    expect(at('mark.json', `\uFEFF${text}`)).not.toThrow()
    expect(at('twice.json', text.replace('{', '{"rows":7,'))).toThrow(/it holds the key "rows" twice/)
    expect(at('merge.json', `<<<<<<< HEAD\n${text}\n=======\n`)).toThrow(/it holds the marks of a merge/)
    expect(at('new.json', '{"assay":"drift-profile","version":9}')).toThrow(/its version is 9, this one reads 1/)
    await expect(freeze(dataset([]))).rejects.toThrow(/which has no rows/)
  })

  test('that was changed by hand, so that its parts no longer agree, is an error that names the column', async () => {
    const whole = await freeze(rows(3000, 1))
    const [now, file] = [rows(300, 2), fileOf('changed.json')]
    type Open = Record<string, unknown> & { columns: Record<string, unknown>[] }
    const of = (profile: Open, name: string) =>
      profile.columns.find((one) => one.name === name) as Record<string, unknown>
    const changes: readonly (readonly [(profile: Open) => unknown, RegExp])[] = [
      [(profile) => (profile.version = '1'), /its version is "1", this one reads 1/],
      [(profile) => (profile.rows = 30_000), /of column "amount" the parts are 3000 rows, and the profile has 30000/],
      [(profile) => (profile.rows = 10.5), /lacks columns or rows/],
      [(profile) => (profile.columns = [null, 'x'] as never), /has no name/],
      [(profile) => profile.columns.push(of(profile, 'items')), /two columns "items"/],
      [(profile) => delete of(profile, 'items').name, /has no name/],
      [(profile) => (of(profile, 'items').kind = 'bins'), /of column "items" the kind is "bins"/],
      [(profile) => (of(profile, 'items').type = 'struct'), /of column "items" the type is "struct"/],
      [(profile) => delete of(profile, 'items').infinite, /of column "items" a number of rows is missing/],
      [(profile) => (of(profile, 'items').missing = -3), /of column "items" a number of rows is missing/],
      [
        (profile) =>
          (of(profile, 'items').counts = [
            [1, 3000],
            [1, 0],
          ]),
        /of column "items" the counts are not those/,
      ],
      [(profile) => (of(profile, 'items').quantiles = [1]), /of column "items" there are counts and quantiles/],
      [(profile) => (of(profile, 'channel').counts = [['web', '3000']]), /of column "channel" a number of rows/],
      [(profile) => (of(profile, 'paid').counts = [['yes', 3000]]), /of column "paid" a number of rows/],
      [
        (profile) => (of(profile, 'amount').quantiles as number[]).reverse(),
        /of column "amount" the quantiles are no list/,
      ],
      [(profile) => (of(profile, 'amount').quantiles = []), /of column "amount" the quantiles are no list/],
      [(profile) => (of(profile, 'amount').quantiles = ['1', '2']), /of column "amount" the quantiles are no list/],
    ]
    for (const [change, message] of changes) {
      const profile = structuredClone(whole) as unknown as Open
      change(profile)
      writeFileSync(file, JSON.stringify(profile))
      expect(() => noDriftFrom(now, file), String(change)).toThrow(message)
    }
    writeFileSync(file, JSON.stringify(whole).slice(0, 700))
    expect(() => noDriftFrom(now, file)).toThrow(/"changed.json" is no frozen reference: it holds no JSON/)
  })
})
