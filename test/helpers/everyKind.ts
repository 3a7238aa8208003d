import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { type CheckJson, checkToJSON } from '../../src/checks/index.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { raw, sql } from '../../src/sql/sql.ts'
import { columns, rows } from '../conformance/awkward.ts'
import { checkCases } from '../conformance/cases.ts'
import { engines } from '../conformance/engines.ts'
import { folderWith } from './files.ts'

export interface Contract extends Readonly<Record<string, unknown>> {
  readonly 'x-assay': { readonly checks: readonly CheckJson[] }
}

/** A contract in YAML that states many kinds of check, and the data that it is about, in a folder of their own. */
export async function everyKind() {
  const names = ['orders.csv', 'customers.csv', 'orders.schema.yaml']
  const fixture = (name: string) => readFile(new URL(`../fixtures/everyKind/${name}`, import.meta.url), 'utf8')
  const files = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await fixture(name)] as const)))
  const cwd = await folderWith(files)
  // In its file it names what lies beside that; as an object, by its whole path.
  const here = files['orders.schema.yaml']?.replaceAll('customers.csv', path.join(cwd, 'customers.csv')) ?? ''
  return { files, cwd, contract: parse(here) as Contract, orders: dataset(path.join(cwd, 'orders.csv')) }
}

/** The awkward table in a file, and a contract of every way that a case file asks a kind of check of it. */
export async function everyWay() {
  const cwd = await folderWith({})
  const { engine, from } = await relationOf(await engines[0].open(rows, columns))
  const file = path.join(cwd, 'awkward.parquet')
  await engine.query(sql`copy (select * from ${from}) to ${raw(`'${file}'`)} (format parquet)`)
  const data = dataset(file, { key: 'id' })
  const asked = Object.values(checkCases)
    .flat()
    .map((make) => make(data))
    // A slice, and data in memory, stand in no contract.
    .filter(({ inputs = [] }) => inputs.every(({ slice, identity }) => slice === undefined && isOfFiles(identity)))
  const json = [...new Map(asked.map((check) => [JSON.stringify(checkToJSON(check)), checkToJSON(check)])).values()]
  // The contract is read from a file and as an object.
  const checks = json.map((one) => (typeof one.other === 'string' ? { ...one, other: path.resolve(one.other) } : one))
  const contract = { type: 'object', 'x-assay': { checks } }
  return { cwd, data, contract: parse(stringify(contract)) as Contract, yaml: stringify(contract) }
}

const isOfFiles = ({ read: [source] }: Dataset['identity']): boolean => Array.isArray(source)

/** What results say, without times, ids and where their data lies. */
export function said(results: readonly CheckResult[]): readonly unknown[] {
  return results.map(
    ({ kind, subject, title, status, blocking, expected, measured, value, counts, evidence, message }) => ({
      kind,
      column: subject.column,
      title,
      status,
      blocking,
      expected,
      measured,
      value,
      counts,
      total: evidence.find((block) => block.kind === 'rows')?.total,
      message,
    }),
  )
}
