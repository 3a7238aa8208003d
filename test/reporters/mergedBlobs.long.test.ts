import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { configOf, good, green, head, type Made, make, removeMade, told } from '../helpers/toldRun.ts'

afterAll(removeMade)

describe('shards that are merged', () => {
  const folder = (made: Made) => path.join(made.folder, '.vitest-reports')
  const shards = async (made: Made, env: Record<string, string> = {}) => {
    for (const shard of ['1/2', '2/2']) await made.run([`--shard=${shard}`, '--reporter=blob'], env)
  }
  const two = {
    'a.test.ts': `${head}test('runs', async () => {
  await expect(dataset([{ a: Number(process.env.A ?? 1) }], { name: 'a' }).column('a')).toHaveValuesBetween({ max: 9 })
})`,
    'b.test.ts': good,
  }

  test('a shard that is not there is named', { timeout: 300_000 }, async () => {
    const made = await make(two)
    await made.run(['--shard=1/2', '--reporter=blob'])
    const outputs = await told(made, ['--merge-reports'])
    expect(green(outputs)).toEqual([])
    expect(outputs.markdown).toContain('1 test file was in no report that was merged: shard 2 of 2 missing')
  })

  test('the counts are those of the shards together, and so is the time', { timeout: 300_000 }, async () => {
    const made = await make(two)
    const whole = await told(made)
    await shards(made)
    const { code, document } = await told(made, ['--merge-reports'])
    expect(code).toBe(0)
    expect(document.outcome).toEqual(whole.document.outcome)
    expect(document.tests).toEqual(whole.document.tests)
    expect(document.results).toHaveLength(whole.document.results.length)
    expect(document.durationMs).toBeGreaterThan(Math.max(...document.results.map(({ ms }) => ms)))
  })

  test('a file of two projects is missing where only one of them ran it', { timeout: 300_000 }, async () => {
    const made = await make({
      'a.test.ts': good,
      'vitest.config.ts': configOf(
        '',
        `projects: ['one', 'two'].map((name) => ({ extends: true, test: { name, include: ['*.test.ts'] } }))`,
      ),
    })
    for (const [args, why] of [
      [['--shard=1/2'], 'was left to other shards (--shard=1/2)'],
      [['--shard=1/2', '--reporter=blob'], 'was in no report that was merged: shard 2 of 2 missing'],
    ] as const) {
      const outputs = await told(made, args)
      const last = args.length > 1 ? await told(made, ['--merge-reports']) : outputs
      expect(green(last)).toEqual([])
      expect(last.document.outcome).toMatchObject({ status: 'partial', files: { found: 2, ran: 1 } })
      expect(last.markdown).toContain(`1 test file ${why}`)
      expect(last.document.problems[0]?.names).toEqual(['|two| a.test.ts'])
    }
  })

  test('a file that two blobs hold counts once, and a run of it that failed is not lost', {
    timeout: 300_000,
  }, async () => {
    const made = await make(two)
    await shards(made, { A: '10' })
    const blobs = (await readdir(folder(made))).map((name) => path.join(folder(made), name))
    for (const [i, blob] of blobs.entries()) await rename(blob, path.join(made.folder, `first-${i}`))
    await shards(made)
    for (const i of blobs.keys()) await cp(path.join(made.folder, `first-${i}`), path.join(folder(made), `first-${i}`))
    const failed = await told(made, ['--merge-reports'])
    expect(failed.code).toBe(1)
    expect(green(failed)).toEqual([])
    expect(failed.markdown).toContain('1 test file failed in one of the merged blobs and ran again in another')
    expect(failed.document.outcome).toMatchObject({ exitCode: 1, files: { found: 2, ran: 2 }, tests: { found: 4 } })
    for (const i of blobs.keys()) await cp(blobs[i] as string, path.join(folder(made), `first-${i}`))
    const passed = await told(made, ['--merge-reports'])
    expect(passed.code).toBe(0)
    expect(green(passed)).toEqual([])
    expect(passed.markdown).toContain('an earlier run of 2 test files was left out')
    expect(passed.document.outcome).toMatchObject({ status: 'partial', files: { found: 2, ran: 2 } })
  })

  test('a blob that is cut off is named', { timeout: 300_000 }, async () => {
    const made = await make(two)
    await shards(made)
    const blob = path.join(folder(made), 'blob-2-2.json')
    await writeFile(blob, (await readFile(blob, 'utf8')).slice(0, 2000))
    const outputs = await told(made, ['--merge-reports'])
    expect(outputs.code).toBe(1)
    expect(outputs.markdown).toMatch(/the blob \.vitest-reports\/blob-2-2\.json cannot be read: .*Run its shard again/)
  })

  test('a shard that ends with another exit code after its tests makes the merge fail', {
    timeout: 300_000,
  }, async () => {
    const made = await make({
      ...two,
      'setup.ts': 'export default () => () => { if (process.env.LATE) process.exitCode = 3 }',
      'vitest.config.ts': configOf('', `globalSetup: './setup.ts'`),
    })
    await shards(made, { LATE: '1' })
    const outputs = await told(made, ['--merge-reports'])
    expect(outputs.code).toBe(1)
    expect(green(outputs)).toEqual([])
    expect(outputs.document.problems.map(({ text }) => text)).toEqual(
      ['1/2', '2/2'].map((shard) => `shard ${shard} ended with exit code 3, for a reason outside of its tests`),
    )
  })

  test('coverage below its thresholds is told, which vitest judges last', { timeout: 300_000 }, async () => {
    const made = await make({
      ...two,
      'coverage.ts': `export default {
  getProvider: () => {
    let options
    return {
      name: 'custom',
      initialize: ({ config }) => { options = config.coverage },
      resolveOptions: () => options,
      clean() {},
      onAfterSuiteRun() {},
      generateCoverage: () => ({}),
      reportCoverage() {},
      mergeReports() { process.exitCode = 1 },
    }
  },
}`,
      'vitest.config.ts': configOf(
        '',
        `coverage: { enabled: true, provider: 'custom', customProviderModule: './coverage.ts', thresholds: { lines: 100 } }`,
      ),
    })
    await shards(made)
    const outputs = await told(made, ['--merge-reports'])
    expect(outputs.code).toBe(1)
    expect(green(outputs)).toEqual([])
    expect(outputs.markdown).toContain('after coverage was judged: it is below its thresholds')
  })

  test('a worker that was killed is told as in a run without shards', { timeout: 300_000 }, async () => {
    const made = await make({
      ...two,
      'a.test.ts': `${head}test('runs', async () => {
  const rows = dataset([{ a: 1 }], { name: 'killed' })
  await expect(rows.column('a')).toHaveValuesBetween({ max: 9 })
  process.kill(process.pid, 'SIGKILL')
  await wait(60_000)
})`,
    })
    const whole = await told(made)
    await shards(made)
    const merged = await told(made, ['--merge-reports'])
    expect(merged.code).toBe(1)
    expect(merged.document.problems).toEqual(whole.document.problems)
    expect(merged.document.problems).toMatchObject([
      { kind: 'worker', text: expect.stringContaining(': Worker exited'), undecided: [{ name: 'killed' }] },
    ])
  })

  test('a run that is merged again is one run: of its own instant, in the history and in how long findings are there', {
    timeout: 300_000,
  }, async () => {
    const made = await make(two)
    await shards(made, { A: '10' })
    const history = path.join(made.folder, 'report', 'history.jsonl')
    const [first, again] = [await told(made, ['--merge-reports']), await told(made, ['--merge-reports'])]
    expect(again.document.at).toBe(first.document.at)
    expect(Object.values(again.document.since ?? {}).map(({ runs }) => runs)).toEqual([1])
    expect((await readFile(history, 'utf8')).trim().split('\n')).toHaveLength(1)
  })

  test('blobs of another version of Assay, and of runs days apart, are told', { timeout: 300_000 }, async () => {
    const made = await make(two)
    await made.run(['--shard=1/2', '--reporter=blob'], { ASSAY_NOW: '2026-01-02T03:04:05.000Z' })
    await made.run(['--shard=2/2', '--reporter=blob'], { ASSAY_NOW: '2026-01-04T03:04:05.000Z' })
    const apart = await told(made, ['--merge-reports'])
    expect(green(apart)).toEqual([])
    expect(apart.document.at).toBe('2026-01-04T03:04:05.000Z')
    expect(apart.document.notes).toEqual([])
    expect(apart.markdown).toContain(
      'the merged blobs are of runs 2 days apart, from 2026-01-02 03:04:05 UTC to 2026-01-04',
    )
    const blob = path.join(folder(made), 'blob-1-2.json')
    const text = await readFile(blob, 'utf8')
    const stamp = `${apart.document.environment.assay} 2026-01-02T03:04:05.000Z`
    expect(text).toContain(stamp)
    for (const [written, named] of [
      [text.replaceAll(stamp, '0.0.1 2026-01-04T03:04:05.000Z'), 'assay 0.0.1'],
      [text.replaceAll('"run"', '"ran"'), 'assay of another version'],
    ] as const) {
      await writeFile(blob, written)
      const other = await told(made, ['--merge-reports'])
      expect(other.code).toBe(1)
      expect(green(other)).toEqual([])
      expect(other.document.problems[0]?.text).toMatch(
        /^1 test file ran with assay .* merges it: run and merge with one/,
      )
      expect(other.document.problems[0]?.text).toContain(named)
    }
  })

  test('where they ran in another folder their results are told by the paths of that one', {
    timeout: 300_000,
  }, async () => {
    const made = await make(two)
    await shards(made, { A: '10' })
    const other = await make(two)
    await rename(folder(made), folder(other))
    const outputs = await told(other, ['--merge-reports'])
    expect(outputs.code).toBe(1)
    expect(outputs.document.results.map(({ where, status }) => `${where?.file} ${status}`).sort()).toEqual([
      'a.test.ts fail',
      'b.test.ts pass',
      'b.test.ts pass',
    ])
    expect(outputs.document.outcome).toMatchObject({ files: { found: 2, ran: 2 }, tests: { found: 4, ran: 4 } })
    expect(outputs.document.problems.map(({ text }) => text)).toEqual([
      expect.stringContaining(`these ran in ${made.folder}. Check the project out in one place everywhere`),
    ])
  })
})
