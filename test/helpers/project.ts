import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a real vitest run of a temporary project left behind. */
export interface Run {
  readonly code: number
  /** stdout and stderr, without colors. */
  readonly output: string
  /** vitest's own JSON report. */
  readonly json: {
    readonly testResults: readonly {
      readonly name: string
      readonly status: string
      readonly assertionResults: readonly { title: string; status: string; failureMessages: readonly string[] }[]
    }[]
    readonly snapshot: Readonly<Record<string, number>>
  }
  readonly folder: string
}

/** The status and failure text of each test, by title. */
export function outcomes(run: Run): Record<string, { status: string; message: string }> {
  const tests = run.json.testResults.flatMap((file) => file.assertionResults)
  return Object.fromEntries(
    tests.map((test) => [test.title, { status: test.status, message: test.failureMessages.join('\n') }]),
  )
}

/** A temporary project inside the repository, so that it finds vitest; `assay` is the sources. */
export async function project(files: Readonly<Record<string, string>>, options = '') {
  await mkdir(path.join(root, 'tmp'), { recursive: true })
  const folder = await mkdtemp(path.join(root, 'tmp', 'project-'))
  const config = `
    import { defineConfig } from 'vitest/config'
    import assay from '${root}src/plugin/index.ts'
    export default defineConfig({
      plugins: [assay(${options})],
      resolve: { alias: [{ find: /^assay$/, replacement: '${root}src/index.ts' }] },
      // A slow machine breaks no test; a test about time says its own.
      test: { include: ['**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000 },
    })`
  for (const [name, text] of Object.entries({ 'vitest.config.ts': config, ...files })) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), text)
  }
  return {
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
    /** Runs vitest in the project, as a process of its own. */
    async run(
      args: readonly string[] = [],
      env: Readonly<Record<string, string>> = {},
      command: readonly string[] = ['run'],
    ): Promise<Run> {
      const report = path.join(folder, 'vitest.json')
      const cli = path.join(root, 'node_modules/vitest/vitest.mjs')
      const all = [
        cli,
        ...command,
        '--root',
        folder,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...args,
      ]
      const clean = Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/^(VITEST|ASSAY|CI$|GITHUB|TEST$|NODE_ENV$)/.test(name)),
      )
      const { code, output } = await new Promise<{ code: number; output: string }>((resolve) => {
        execFile(
          process.execPath,
          all,
          { env: { ...clean, NO_COLOR: '1', ...env }, maxBuffer: 64 * 1024 ** 2, cwd: folder },
          (error, stdout, stderr) => {
            resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr })
          },
        )
      })
      const { readFile } = await import('node:fs/promises')
      const text = await readFile(report, 'utf8').catch(() => {
        throw new Error(`vitest wrote no report (exit ${code}):\n${output}`)
      })
      return { code, output, json: JSON.parse(text), folder }
    },
  }
}
