// What the data is held to, as a value: the script and the test judge the same checks.
import { fileURLToPath } from 'node:url'
import { dataset, noMissing, rowCount, uniqueKey, valuesBetween, valuesIn } from 'assay'

const orders = dataset(fileURLToPath(new URL('orders.csv', import.meta.url)), { key: 'id' })

export const checks = [
  rowCount(orders, { min: 5 }),
  uniqueKey(orders, 'id'),
  noMissing(orders.column('amount')),
  valuesIn(orders.column('channel'), ['web', 'shop', 'app']),
  valuesBetween(orders.column('amount'), { min: 0 }),
]
