import { expect, test } from 'vitest'
import { evaluate, newestWithin, valuesBetween } from '../../src/checks/index.ts'
import { daySpelling, numberSpelling } from '../../src/checks/spelling.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { sql } from '../../src/sql/sql.ts'
import { temporaryFile } from '../helpers/files.ts'

test.for([
  [['1,5', '20,25'], "{ decimal: ',' }"],
  [['1.234,5', '1'], "{ decimal: ',', thousands: '.' }"],
  [['1,234', '1,234,567.5'], "{ thousands: ',' }"],
  [['1.5', 'x'], undefined],
] as const)('numbers that are written as %j', ([texts, option]) => {
  const hint = numberSpelling(texts)
  if (option === undefined) expect(hint).toBeUndefined()
  else expect(hint).toContain(`dataset(…, ${option})`)
})

test.for([
  [['09.01.2025', '31.12.2024'], "'%d.%m.%Y'"],
  [['1.2.2025'], "'%d.%m.%Y'"],
  [['12/31/2024', '1/2/2025'], "'%m/%d/%Y'"],
  [['31/12/2024', '01/02/2025'], "'%d/%m/%Y'"],
  [['01/02/2025'], "'%d/%m/%Y' or '%m/%d/%Y'"],
  [['01/02/2025 10:30', '01/02/2025 10:30:59'], "'%d/%m/%Y' or '%m/%d/%Y'"],
  [['13/13/2025'], undefined],
  [['01/02/2025', '01.02.2025'], undefined],
  [['01/02/2025', 'soon'], undefined],
  [['2025-01-02'], undefined],
  [[], undefined],
] as const)('days that are written as %j', ([texts, forms]) => {
  const hint = daySpelling(texts)
  if (forms === undefined) expect(hint).toBeUndefined()
  else expect(hint).toBe(`days are written YYYY-MM-DD, and a query reads others: strptime(…, ${forms})`)
})

test('whoever asks for days learns how to read them, and a query with it does', async () => {
  const orders = dataset(await temporaryFile('orders.csv', 'id,day\n1,31.12.2024\n2,01.02.2025\n'))
  const declared = dataset(await temporaryFile('orders.csv', 'id,day\n1,31.12.2024\n'), { types: { day: 'date' } })
  const limits = { min: new Date('2024-01-01') }
  const read = dataset(sql`select * replace (strptime(day, '%d.%m.%Y')::date as day) from ${orders}`)
  const results = await evaluate([
    newestWithin(orders.column('day'), { days: 5 }),
    valuesBetween(orders.column('day'), limits),
    valuesBetween(declared.column('day'), limits),
    valuesBetween(read.column('day'), limits),
  ])
  for (const { message } of results.slice(0, 3)) expect(message).toContain("strptime(…, '%d.%m.%Y')")
  expect(results.map(({ status }) => status)).toEqual(['error', 'error', 'fail', 'pass'])
})
