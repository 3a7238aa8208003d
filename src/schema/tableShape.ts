import { type Check, datasetSubject, measured } from '../checks/check.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import { missingCount } from '../metrics/missingCount.ts'
import type { Severity } from '../results/checkResult.ts'
import { shown } from './json.ts'

/** Says that a part of the schema is judged by nothing: never an error, never silent. */
export function unjudgedCheck(dataset: Dataset, what: string): Check {
  return {
    type: 'run',
    kind: 'schemaUnjudged',
    family: 'schema',
    subject: datasetSubject(dataset),
    title: `the schema's ${what}`,
    expected: 'something that can be judged',
    severity: 'warn',
    discriminator: what,
    datasets: [dataset],
    run: () =>
      Promise.resolve({ status: 'fail', measured: 'nothing judges it', message: `values are not held to ${what}` }),
  }
}

/** The named columns that are there stand in the order of the names. */
export function columnOrder(dataset: Dataset, names: readonly string[], severity: Severity): Check {
  return measured({
    kind: 'columnOrder',
    family: 'schema',
    subject: datasetSubject(dataset),
    title: 'columns in the declared order',
    expected: names.map(shown).join(', '),
    severity,
    dataset,
    metrics: () => ({}),
    judge: (_, { columns }) => {
      const found = columns.map(({ name }) => name).filter((name) => names.includes(name))
      const wanted = names.filter((name) => found.includes(name))
      const place = found.findIndex((name, i) => name !== wanted[i])
      return place < 0
        ? { status: 'pass', measured: 'the declared order' }
        : { status: 'fail', measured: `${shown(found[place])} stands where ${shown(wanted[place])} should` }
    },
  })
}

/** At least one of the named columns is there. */
export function someColumn(dataset: Dataset, names: readonly string[], severity: Severity): Check {
  return measured({
    kind: 'someColumn',
    family: 'schema',
    subject: datasetSubject(dataset),
    title: 'some declared column',
    expected: `at least one of ${names.map(shown).join(', ')}`,
    severity,
    dataset,
    metrics: () => ({}),
    judge: (_, { columns }) => {
      const found = columns.filter(({ name }) => names.includes(name)).length
      return {
        status: found > 0 ? 'pass' : 'fail',
        measured: `${found} of ${names.length} declared columns`,
        value: found,
      }
    },
  })
}

/** An error when empty cells were read as missing though the schema says that only other texts are. */
export function emptyCells(dataset: Dataset, name: string, missing: readonly string[]): Check {
  return {
    type: 'run',
    kind: 'missingValues',
    family: 'missing',
    subject: datasetSubject(dataset, [name]),
    title: 'missing values as declared',
    expected:
      missing.length === 0 ? 'no text stands for a missing value' : `only ${missing.map(shown).join(', ')} is missing`,
    datasets: [dataset],
    async run({ measure }) {
      const { empty } = await measure(dataset.root, { empty: missingCount(name) })
      if (empty === 0) return { status: 'pass', measured: 'no empty cell' }
      throw new AssayError(
        'wrong-use',
        `${empty} cells of ${shown(name)} were read as missing that the schema does not call so`,
        { hint: `open the dataset with { missing: ${JSON.stringify(missing)} }` },
      )
    },
  }
}
