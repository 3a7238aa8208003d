import { expect, test } from 'vitest'
import { distinctCountBetween } from '../../src/checks/kinds/distinctCountBetween.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { keyExists } from '../../src/checks/kinds/keyExists.ts'
import { uniqueKey } from '../../src/checks/kinds/uniqueKey.ts'
import { valuesBetween } from '../../src/checks/kinds/valuesBetween.ts'
import { valuesIn } from '../../src/checks/kinds/valuesIn.ts'
import { valuesOfType } from '../../src/checks/kinds/valuesOfType.ts'
import { matchesSchema } from '../../src/contracts/matchesSchema.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'

const LONG = '99999999999999999999999'
const OTHER = '99999999999999999999998'

/** More rows than are looked at to tell the type, then integers that no engine's type holds. */
const file = async (name: string, ...last: readonly string[]) =>
  dataset(
    await temporaryFile(name, `n\n${Array.from({ length: 6000 }, (_, i) => i + 1).join('\n')}\n${last.join('\n')}\n`),
  )

test('integers beyond the engine that come late are exact in every check', async () => {
  const one = await file('one.csv', LONG)
  const column = one.column('n')
  const verdicts = await evaluate([
    valuesOfType(column, 'integer'),
    valuesBetween(column, { min: 1 }),
    valuesBetween(column, { max: 6000 }),
    valuesIn(column, [1]),
    uniqueKey(one, ['n']),
    distinctCountBetween(column, { min: 6001, max: 6001 }),
    keyExists(one, ['n'], await file('both.csv', OTHER, LONG), ['n']),
    keyExists(one, ['n'], await file('other.csv', OTHER), ['n']),
  ])
  expect(verdicts.map(({ kind, status, counts }) => [kind, status, counts?.failed])).toEqual([
    ['valuesOfType', 'pass', 0],
    ['valuesBetween', 'pass', 0],
    ['valuesBetween', 'fail', 1],
    ['valuesIn', 'fail', 6000],
    ['uniqueKey', 'pass', 0],
    ['distinctCountBetween', 'pass', undefined],
    ['keyExists', 'pass', 0],
    ['keyExists', 'fail', 1],
  ])
})

test('neighbors that one double stands for are two values, and equals are one', async () => {
  const [apart, twice] = await evaluate([
    uniqueKey(await file('apart.csv', LONG, OTHER), ['n']),
    uniqueKey(await file('twice.csv', LONG, OTHER, LONG), ['n']),
  ])
  expect([apart?.status, twice?.status, twice?.counts?.failed]).toEqual(['pass', 'fail', 2])
})

test('a schema takes them for the integers that they are', async () => {
  const results = await evaluate(
    matchesSchema(await file('schema.csv', LONG), {
      properties: { n: { type: 'integer', minimum: 1 } },
      required: ['n'],
    }),
  )
  expect(results.filter(({ status }) => status !== 'pass')).toEqual([])
})
