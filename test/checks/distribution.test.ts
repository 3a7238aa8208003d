import { expect, test } from 'vitest'
import { distribution, evaluate } from '../../src/checks/index.ts'
import type { Distribution } from '../../src/checks/parameters/distribution.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'

test.each<[unknown, RegExp]>([
  [undefined, /got undefined as distribution.*give the share of each value/s],
  ['norml', /the distribution "norml".*did you mean "normal"/s],
  [{}, /a distribution without any share/],
  [{ yes: 50 }, /the share 50 of "yes".*between 0 and 1/s],
  [{ yes: 0.6, no: 0.5 }, /shares that come to 1.1/],
  [{ yes: '0.5' }, /the share "0.5" of "yes"/],
  [{ normal: { mean: 1 } }, /normal: deviation: undefined/],
  [{ normal: { mean: 1, deviation: 0 } }, /deviation is over 0/],
  [{ normal: { mu: 1 } }, /does not know the option "mu"/],
  [{ uniform: { min: 2, max: 1 } }, /max is over min/],
  [{ quantiles: { 50: 1 } }, /a quantile at "50".*between 0 and 1/s],
  [{ quantiles: { 0.5: 3, 0.9: 1 } }, /quantiles that fall at 0.9/],
  [{ quantiles: {} }, /no quantile/],
])('%o is no distribution, and the error says why', (asked, message) => {
  const column = dataset([{ x: 1 }]).column('x')
  expect(() => distribution(column, asked as Distribution)).toThrow(message)
})

test('a limit that nothing can be beyond is refused', () => {
  const column = dataset([{ x: 1 }]).column('x')
  expect(() => distribution(column, 'normal', { within: 0.5 })).toThrow(/no D can be beyond/)
  expect(() => distribution(column, { a: 0.5 }, { within: 0.5 })).toThrow(/no deviation of a share can be beyond/)
  expect(() => distribution(column, { a: 0.5 }, { within: 5 })).toThrow(/within is a share between 0 and 1/)
})

test('of a personal column no value is told, by message, title, or chart', async () => {
  const rows = Array.from({ length: 500 }, (_, i) => ({
    word: i % 3 === 0 ? 'secret' : 'hidden',
    n: i % 3 ? 777 : 888,
  }))
  const people = dataset(rows, { pii: ['word', 'n'] })
  const results = await evaluate([
    distribution(people.column('word'), { secret: 0.9 }),
    distribution(people.column('n'), { normal: { mean: 0, deviation: 1 } }),
    distribution(people.column('n'), 'uniform'),
  ])
  expect(results.map(({ status }) => status)).toEqual(['fail', 'fail', 'fail'])
  expect(JSON.stringify(results)).not.toMatch(/secret|hidden|777|888/)
})

test('cells of a text file that are none of the values count among the others, and make numbers fail', async () => {
  const text = `x\n${'1\n'.repeat(300)}${'2\n'.repeat(300)}${'n/a\n'.repeat(300)}`
  const file = dataset(await temporaryFile('file.csv', text))
  const [shares, shape] = await evaluate([
    distribution(file.column('x'), { 1: 0.5, 2: 0.5 }),
    distribution(file.column('x'), 'normal'),
  ])
  expect(shares).toMatchObject({ status: 'fail', message: expect.stringContaining('all others 33.3 %, not 0') })
  expect(shape).toMatchObject({ status: 'fail', measured: 'no distribution: 300 cells of 900 are no number' })
})
