import { expect, test } from 'vitest'
import { outcomes, project } from '../helpers/project.ts'

const damaged = 'id,name\n1,Ada\n2,"Bo"b\n3\n'
const suite = `
import { expect, test } from 'vitest'
import { dataset, mft, model, perturb, table, integer } from 'assay'
const damaged = dataset('damaged.csv')
const empty = dataset([], { name: 'empty', types: { id: 'integer' } })
const few = dataset([{ id: 1 }, { id: 2 }], { name: 'few' })
const cases = mft([{ input: 'a', expected: 'a' }, { input: 'b', expected: 'b' }])
const failing = model('m@1', () => { throw new Error('down') })
const half = model('m@2', (input) => { if (input === 'a') throw new Error('down'); return 'x' })
const wrong = model('m@3', () => 'x')
const unsure = model('m@4', () => 'x')

test('damaged: would hold', async () => { await expect(damaged).not.toHaveRowCount(99) })
test('damaged: a column', async () => { await expect(damaged.column('id')).not.toHaveValuesBetween({ max: 0 }) })
test('damaged: a schema', async () => { await expect(damaged).not.toMatchSchema(table({ nothing: integer() })) })
test('a file that is not there', async () => { await expect(dataset('none.csv')).not.toHaveRowCount(1) })
test('a column that is not there', async () => { await expect(few.column('no')).not.toHaveNoMissing() })
test('nothing to judge', async () => { await expect(few.where({ id: 9 }).column('id')).not.toHaveValuesBetween({ max: 0 }) })
test('a model that errors', async () => { await expect(failing).not.toPassMFT(cases) })
test('a model that errors on one case', async () => { await expect(half).not.toPassMFT(cases) })
test('inconclusive', async () => { await expect(unsure).not.toPassMFT(mft([{ input: 'a', expected: 'a' }, { input: 'b', expected: 'x' }]), { passRate: { min: 0.5 }, confidence: 0.9 }) })

test('holds: a model that is wrong', async () => { await expect(wrong).not.toPassMFT(cases) })
test('holds: rows', async () => { await expect(few).not.toHaveRowCount(99) })
`
const says: Record<string, RegExp> = {
  'damaged: would hold': /\.not cannot be judged: damaged could not be read whole/,
  'damaged: a column': /\.not cannot be judged: damaged could not be read whole/,
  'damaged: a schema': /\.not cannot be judged: damaged could not be read whole/,
  'a file that is not there': /\.not cannot be judged: the check could not run/,
  'a column that is not there': /\.not cannot be judged: the check could not run[^]*there is no column "no"/,
  'nothing to judge': /\.not cannot be judged: there was nothing to judge/,
  'a model that errors': /\.not cannot be judged: 2 cases could not be predicted/,
  'a model that errors on one case': /\.not cannot be judged: 1 case could not be predicted/,
  inconclusive: /\.not cannot be judged: there is too little evidence/,
}

test('.not throws where nothing shows either way, and says why', async () => {
  const made = await project({ 'not.test.ts': suite, 'damaged.csv': damaged })
  const found = outcomes(await made.run())
  await made.remove()
  for (const [title, text] of Object.entries(says)) {
    expect(found[title]?.status, title).toBe('failed')
    expect(found[title]?.message).toMatch(text)
  }
  for (const [title, { status, message }] of Object.entries(found))
    if (title.startsWith('holds')) expect(status, message).toBe('passed')
}, 120_000)
