import { expect, expectTypeOf, test } from 'vitest'
import { evaluate, rowCount, wellFormed } from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'

const orders = (name: string) =>
  dataset(
    [
      { id: 1, eu: true, email: 'a@b.c' },
      { id: 2, eu: false, email: 'd@e.f' },
    ],
    { name },
  )

test('a dataset shows its users nothing of the engine', () => {
  expectTypeOf<keyof Dataset>().toEqualTypeOf<
    | 'name'
    | 'source'
    | 'identity'
    | 'slice'
    | 'key'
    | 'pii'
    | 'column'
    | 'columns'
    | 'where'
    | 'sample'
    | 'with'
    | 'rows'
    | 'toArrow'
    | 'fingerprint'
  >()
  const own = Object.getOwnPropertyNames(Object.getPrototypeOf(orders('plain')))
  expect(own.filter((name) => ['relation', 'on', 'records', 'files', 'root', 'version'].includes(name))).toEqual([])
})

test('a slice under another name is called by it in results, and counts its own rows', async () => {
  const slice = orders('named').where({ eu: true }).with({ name: 'orders of the EU' })
  expect([slice.name, slice.slice]).toEqual(['orders of the EU', 'eu = true'])
  const [result] = await evaluate(rowCount(slice, 1))
  expect(result).toMatchObject({ status: 'pass', subject: { name: 'orders of the EU' } })
  expect(await slice.rows()).toEqual([{ id: 1n, eu: true, email: 'a@b.c' }])
})

test('what changed is known again: a file that is written anew has other rows under its other name too', async () => {
  const file = await temporaryFile('a.csv', 'a\n1\n')
  const renamed = dataset(file).with({ name: 'b' })
  expect(await renamed.rows()).toHaveLength(1)
  const { writeFile } = await import('node:fs/promises')
  await writeFile(file, 'a\n1\n2\n')
  expect(await renamed.rows()).toHaveLength(2)
})

test('a lost record fails what is asked of the dataset under its other name', async () => {
  const file = await temporaryFile('a.csv', 'a,b\n1,2\n1,2,3\n')
  const results = await evaluate([rowCount(dataset(file).with({ name: 'other' }), 1)])
  expect(results.map(({ kind, status, subject }) => [kind, status, subject.name])).toEqual([
    ['rowCount', 'pass', 'other'],
    ['wellFormed', 'fail', 'other'],
  ])
  expect((await evaluate(wellFormed(dataset(file).with({ name: 'other' }))))[0]?.status).toBe('fail')
})

test('personal columns are added to, key columns replaced', async () => {
  const data = orders('personal').with({ key: 'id', pii: 'email' })
  expect([data.key, data.pii]).toEqual([['id'], ['email']])
  expect(data.with({ pii: ['id'] }).pii).toEqual(expect.arrayContaining(['email', 'id']))
  expect(data.with({ key: ['eu'] }).key).toEqual(['eu'])
  expect(data.where({ eu: true }).pii).toContain('email')
})

test.each([
  [{ nmae: 'x' }, 'with() does not know the option "nmae"\n  hint: did you mean name?'],
  [{ name: '' }, 'with(): name is ""\n  hint: it takes text'],
  [{ delimiter: ';' }, 'with() does not know the option "delimiter"'],
])('%j is refused at once', (changes, message) => {
  expect(() => orders('refused').with(changes as object)).toThrow(message)
})

test('a key that is no column is told at first use', async () => {
  await expect(orders('keyed').with({ key: 'ids' }).rows()).rejects.toThrow('key: there is no column "ids"')
})

test('records that name their columns keep doing so', () => {
  const typed = orders('typed').with({ name: 'x' })
  expectTypeOf(dataset([{ a: 1 }]).with({ name: 'x' }).column).toBeCallableWith('a')
  expect(typed.column('id').dataset.name).toBe('x')
})
