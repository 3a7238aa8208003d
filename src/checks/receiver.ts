import { type Dataset, type DatasetColumn, isDataset, isDatasetColumn } from '../dataset/dataset.ts'
import { originOf } from '../dataset/origin.ts'
import { AssayError, kindOf } from '../errors.ts'

/** The column that a check is asked about. Throws AssayError `wrong-argument` that shows how the check is called. */
export function checkedColumn(value: unknown, asker: string, more = ''): DatasetColumn {
  const called = `${asker}(dataset('orders.csv').column('amount')${more && `, ${more}`})`
  if (!isColumn(value)) throw wrong(asker, 'a column', value, called)
  if (typeof value.name === 'string' && value.name !== '') return value
  throw new AssayError('wrong-argument', `${asker} got a column whose name is ${described(value.name)}`, {
    hint: `name it as text: ${called}`,
  })
}

/** The dataset that a check is asked about. Throws AssayError `wrong-argument` that shows how the check is called. */
export function checkedDataset(value: unknown, asker: string, more = ''): Dataset {
  if (isOpenable(value)) return value
  throw wrong(asker, 'a dataset', value, `${asker}(dataset('orders.csv')${more && `, ${more}`})`)
}

/** Whether the value is a dataset, and whole: not just something that carries the brand of one. */
export function isOpenable(value: unknown): value is Dataset {
  return isDataset(value) && originOf(value) !== undefined
}

/** Whether the value is a column of such a dataset. */
export function isColumn(value: unknown): value is DatasetColumn {
  return isDatasetColumn(value) && isOpenable(value.dataset)
}

function wrong(asker: string, wanted: string, value: unknown, called: string): AssayError {
  return new AssayError('wrong-argument', `${asker} judges ${wanted}, and got ${described(value)}`, {
    hint: `call it as ${called}`,
  })
}

/** Checks that what should stop the work can: an AbortSignal, or nothing. */
export function checkSignal(signal: unknown, asker: string): void {
  if (signal === undefined || typeof (signal as AbortSignal | null)?.addEventListener === 'function') return
  throw new AssayError('wrong-argument', `${asker} got signal: ${valueText(signal)}`, {
    hint: 'give an AbortSignal, e.g. AbortSignal.timeout(60_000)',
  })
}

/** A value of an option or a limit, in words. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return ['number', 'bigint', 'boolean'].includes(typeof value) ? String(value) : kindOf(value)
}

/** What stands where something else belongs, in words. */
export function described(value: unknown): string {
  if (isOpenable(value)) return `the dataset ${JSON.stringify(value.name)}`
  if (isColumn(value)) return `the column ${JSON.stringify(value.name)}`
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 60))}`
  return valueText(value)
}
