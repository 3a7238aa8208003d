import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from '../../reporters/index.ts'
import type { RunDocument } from '../../src/results/index.ts'
import { project, type Run } from './project.ts'

/** How the test files of these runs begin. */
export const head = `import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dataset, mft, model } from 'assay'
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const named = (name) => dataset([{ a: 1 }], { name })
`
/** The line of a test file that its first own line stands at. */
export const FIRST = head.split('\n').length

/** What each output of a run says first. */
export interface Outputs {
  readonly code: number
  readonly document: RunDocument
  readonly html: string
  readonly markdown: string
  readonly terminal: string
  readonly annotations: readonly string[]
}

/** Which outputs say that everything is well. */
export function green(outputs: Omit<Outputs, 'code'>): string[] {
  const found = {
    html: /<h1><span class="s pass">/.test(outputs.html),
    title: /<title>(All|Both|The one) [^<]*pass(es)? ·/.test(outputs.html),
    markdown: /^### ✓/m.test(outputs.markdown),
    json: outputs.document.outcome.status === 'passed',
    terminal: !/^ [✗◆▲?○∅⚑] \S.*$/m.test(outputs.terminal),
    annotations: !outputs.annotations.some((line) => /^::(error|warning|notice) /.test(line)),
  }
  return Object.entries(found).flatMap(([name, isGreen]) => (isGreen ? [name] : []))
}

export type Made = Awaited<ReturnType<typeof project>>
const made: Made[] = []

/** Removes the projects that were made; for `afterAll`. */
export const removeMade = () => Promise.all(made.splice(0).map((one) => one.remove()))

/** A temporary project. */
export async function make(...args: Parameters<typeof project>): Promise<Made> {
  const one = await project(...args)
  made.push(one)
  return one
}

/** Runs a project as on GitHub and reads all that it says. */
export async function told(
  one: Made,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Outputs> {
  const run: Run = await one.run(args, { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: one.folder, ...env })
  const read = (name: string) => readFile(path.join(one.folder, 'report', name), 'utf8')
  // vitest's own summary comes first.
  const lines = run.output.slice(Math.max(0, run.output.lastIndexOf('  Duration  '))).split('\n')
  return {
    code: run.code,
    document: parse(await read('report.json')),
    html: await read('index.html'),
    markdown: await read('summary.md'),
    terminal: lines.filter((line) => /^ [✗◆▲?○∅⚑✓\d]/.test(line)).join('\n'),
    annotations: lines.filter((line) => line.startsWith('::')),
  }
}

// A model, so that most runs start no engine.
export const holds = `await expect(model('good', (text) => text)).toPassMFT(mft([{ input: 'a', expected: 'a' }]))`
/** A file of three tests in which everything passes. */
export const good = `${head}test('good', async () => { ${holds} })
test('also good', async () => { ${holds} })
test('ordinary', () => {})`

/** A configuration with options of the plugin and of vitest. */
export const configOf = (plugin: string, more: string) => `
import { defineConfig } from 'vitest/config'
import assay from '${new URL('../../src/plugin/index.ts', import.meta.url).pathname}'
export default defineConfig({
  plugins: [assay(${plugin})],
  resolve: { alias: [{ find: /^assay$/, replacement: '${new URL('../../src/index.ts', import.meta.url).pathname}' }] },
  test: { include: ['**/*.test.ts'], ${more} },
})`
