import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import { dataset } from '../../src/dataset/dataset.ts'
import type { CheckJson } from '../../src/checks/index.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { folderWith } from './files.ts'

export interface Contract extends Readonly<Record<string, unknown>> {
  readonly 'x-assay': { readonly checks: readonly CheckJson[] }
}

/** A contract in YAML that states every kind of check, and the data that it is about, in a folder of their own. */
export async function everyKind() {
  const names = ['orders.csv', 'customers.csv', 'orders.schema.yaml']
  const fixture = (name: string) => readFile(new URL(`../fixtures/everyKind/${name}`, import.meta.url), 'utf8')
  const files = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await fixture(name)] as const)))
  const cwd = await folderWith(files)
  // In its own folder it names the file beside it; from here, by its whole path.
  const here = files['orders.schema.yaml']?.replaceAll('customers.csv', path.join(cwd, 'customers.csv')) ?? ''
  return { files, cwd, contract: parse(here) as Contract, orders: dataset(path.join(cwd, 'orders.csv')) }
}

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
