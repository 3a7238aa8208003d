import { expect, test } from 'vitest'
import { evaluate, missingCountBetween, sumBetween, valuesBetween } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import type { DatasetOptions } from '../../../src/dataset/datasetOptions.ts'
import { missingTexts } from '../../../src/formats/text/missingTexts.ts'
import { temporaryFile } from '../../helpers/files.ts'

test.each([
  [-999, '.', ['-999', '-999.0', '-999.00', '-999.000', '-999.0000', '-999.00000', '-999.000000']],
  [0.25, ',', ['0.25', '0,25', '0,250', '0,2500', '0,25000', '0,250000']],
  [1e21, '.', ['1e+21']],
  [Number.NaN, '.', ['NaN']],
])('the texts of %s with "%s"', (number, decimal, texts) => {
  expect(missingTexts(['', number], decimal)).toEqual(['', ...texts])
})

const cells = ['-999.0', '-999', '-999.000000', '3', '4.5']

test.each<[string, (texts: readonly string[]) => [string, string], DatasetOptions]>([
  ['CSV', (texts) => ['rows.csv', `v\n${texts.join('\n')}\n`], {}],
  ['CSV with a declared type', (texts) => ['rows.csv', `v\n${texts.join('\n')}\n`], { types: { v: 'number' } }],
  [
    'CSV with commas',
    (texts) => ['rows.csv', `v;w\n${texts.map((text) => `${text.replace('.', ',')};1`).join('\n')}\n`],
    { decimal: ',' },
  ],
  ['JSON Lines', (texts) => ['rows.jsonl', `${texts.map((text) => `{"v":${text}}`).join('\n')}\n`], {}],
])('a number that stands for a missing value is that number in %s', async (_, file, options) => {
  const column = dataset(await temporaryFile(...file(cells)), { missing: ['', -999], ...options }).column('v')
  const results = await evaluate([
    missingCountBetween(column, { min: 3, max: 3 }),
    sumBetween(column, { min: 7.5, max: 7.5 }),
    valuesBetween(column, { min: 0 }),
  ])
  expect(results.map(({ status }) => status)).toEqual(['pass', 'pass', 'pass'])
})
