import { afterEach, expect, test, vi } from 'vitest'
import { type Check, evaluate, rowCount, sameRowCount, valuesIn } from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { sql } from '../../src/sql/sql.ts'

const rows = ['ann@a.example', 'bob@b.example', 'bob@b.example'].map((email, i) => ({ email, plan: `p${i % 2}` }))
const open = (pii: readonly string[]): Dataset =>
  dataset(
    rows.map((row) => ({ ...row })),
    { name: 'people', pii },
  )
const atLeastOne = { min: 1 }

/** Ways to ask about the rows of one person. */
const ways: readonly (readonly [string, (people: Dataset, email: string) => Check])[] = [
  ['a slice by a value', (people, email) => rowCount(people.where({ email }), atLeastOne)],
  ['a slice by a list', (people, email) => rowCount(people.where({ email: [email, 'x'] }), atLeastOne)],
  ['a slice in SQL', (people, email) => rowCount(people.where(sql`email = ${email}`), atLeastOne)],
  ['a slice of a slice', (people, email) => rowCount(people.where({ plan: 'p0' }).where({ email }), atLeastOne)],
  ['a sample of a slice', (people, email) => rowCount(people.where({ email }).sample(2), atLeastOne)],
  ['a column of a slice', (people, email) => valuesIn(people.where({ email }).column('plan'), ['p0', 'p1'])],
  ['another dataset', (people, email) => sameRowCount(people, people.where({ email }))],
]
const idsOf = async (check: Check) => (await evaluate(check)).map(({ id, trend }) => [id, trend])

/** What somebody else finds, who asks the same with a guess. */
function elsewhere(): void {
  delete (process as unknown as Record<symbol, unknown>)[Symbol.for('assay.idKey')]
}
afterEach(() => vi.unstubAllEnvs())

test.each(ways)('%s by a personal value has ids that no guess can be compared with', async (_, ask) => {
  const people = open(['email'])
  const bob = await idsOf(ask(people, 'bob@b.example'))
  expect(await idsOf(ask(people, 'bob@b.example'))).toEqual(bob)
  expect((await idsOf(ask(people, 'ann@a.example'))).flat()).not.toContain(bob.flat()[0])
  elsewhere()
  const guessed = (await idsOf(ask(open(['email']), 'bob@b.example'))).flat()
  for (const id of bob.flat()) expect(guessed).not.toContain(id)
})

test.each(ways)('%s has the same ids in every run with one secret, and other ids with another', async (_, ask) => {
  vi.stubEnv('ASSAY_KEY', 'a secret of the runs')
  const bob = await idsOf(ask(open(['email']), 'bob@b.example'))
  elsewhere()
  expect(await idsOf(ask(open(['email']), 'bob@b.example'))).toEqual(bob)
  vi.stubEnv('ASSAY_KEY', 'another secret of theirs')
  expect(await idsOf(ask(open(['email']), 'bob@b.example'))).not.toEqual(bob)
})

test.each(ways)('%s by a value that is not personal has ids that depend on the question alone', async (_, ask) => {
  const bob = await idsOf(ask(open([]), 'bob@b.example'))
  elsewhere()
  expect(await idsOf(ask(open([]), 'bob@b.example'))).toEqual(bob)
})

test('segments by a personal column are told apart, and by nobody else', async () => {
  const segments = () => idsOf(rowCount(open(['email']), atLeastOne, { segmentBy: 'email' }) as Check)
  const here = await segments()
  expect(new Set(here.flat().filter((_, i) => i % 2 === 0)).size).toBe(2)
  elsewhere()
  const there = (await segments()).flat()
  for (const id of here.flat()) expect(there).not.toContain(id)
})

test('a secret that is soon guessed is refused', async () => {
  vi.stubEnv('ASSAY_KEY', 'short')
  const people = open(['email'])
  await expect(evaluate(rowCount(people.where({ email: 'bob@b.example' }), atLeastOne))).rejects.toThrow(
    /ASSAY_KEY has 5/,
  )
  expect(await evaluate(rowCount(people, atLeastOne))).toMatchObject([{ status: 'pass' }])
})
