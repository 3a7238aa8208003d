import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunDocument } from './runDocument.ts'

/** What is read of a package.json. */
interface Package {
  readonly name?: string
  readonly version?: string
  readonly type?: string
}

/** Where and by what a run is made; `runner` is e.g. `vitest 4.1.12`. */
export function environmentOf(runner: string): RunDocument['environment'] {
  return {
    assay: ownVersion(),
    node: process.versions.node,
    runner,
    ci: Boolean(process.env.CI),
    platform: `${process.platform} ${process.arch}`,
  }
}

/** The title of a run in a folder: the name in its package.json, else the folder's. */
export function titleOf(folder: string): string {
  return packageIn(folder)?.name ?? path.basename(folder)
}

/** The version of this package. */
export function ownVersion(): string {
  return packageIn(ownRoot())?.version ?? 'unknown'
}

/** The folder of this package: sources and build stand at different depths below it. */
export function ownRoot(): string {
  const start = path.dirname(fileURLToPath(import.meta.url))
  for (let folder = start; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (packageIn(folder)?.name === 'assay') return folder
  }
  return start
}

/** What the package.json in a folder says; undefined without one that can be read. */
export function packageIn(folder: string): Package | undefined {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Package
  } catch {
    return undefined
  }
}
