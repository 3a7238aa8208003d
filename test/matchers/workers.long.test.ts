import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { outcomes, project } from '../helpers/project.ts'

const told = (name: string, workers: number): string => `
  import { expect, test } from 'vitest'
  test('${name}', () => expect(process.env.ASSAY_WORKERS).toBe('${workers}'))`

test('the workers of a run share the machine: no more than it has files, and no more than vitest starts', async () => {
  const one = await project({ 'a.test.ts': told('alone', 1) })
  const several = await project({
    'a.test.ts': told('first', 2),
    'b.test.ts': told('second', 2),
    'c.test.ts': told('third', 2),
  })
  const runs = [await one.run(['--maxWorkers=2']), await several.run(['--maxWorkers=2'])]
  for (const run of runs)
    expect(Object.values(outcomes(run)).map(({ status, message }) => [status, message])).toEqual(
      Object.keys(outcomes(run)).map(() => ['passed', '']),
    )
  expect(runs.map((run) => Object.keys(outcomes(run)).length)).toEqual([1, 3])
  await one.remove()
  await several.remove()
})

test('answers of one test file are there for the next, which copies nothing into the engine, and gone with vitest', async () => {
  const file = `
    import { existsSync, readdirSync } from 'node:fs'
    import { dataset } from 'assay'
    import { expect, test } from 'vitest'
    test('asks', async () => {
      const count = () => (existsSync(process.env.ASSAY_KEPT) ? readdirSync(process.env.ASSAY_KEPT).length : 0)
      const before = count()
      for (const name of ['rows.csv', 'rows.csv.gz', 'rows.jsonl']) {
        const rows = dataset(name)
        await expect(rows.column('a')).toHaveValuesIn(['x'])
        await expect(rows.column('b')).toHaveValuesBetween({ min: 0 })
        await expect(rows.where({ a: 'x' })).toHaveUniqueKey(['b'])
      }
      const held = process[Symbol.for('assay.heldBytes')] ?? 0
      console.log('kept', process.env.ASSAY_KEPT, before, count(), held)
    })`
  const numbers = Array.from({ length: 150_000 }, (_, i) => i)
  const csv = `a,b\n${numbers.map((i) => `x,${i}\n`).join('')}`
  const made = await project({
    'rows.csv': csv,
    'rows.jsonl': numbers.map((b) => JSON.stringify({ a: 'x', b })).join('\n'),
    'a.test.ts': file,
    'b.test.ts': file,
  })
  writeFileSync(path.join(made.folder, 'rows.csv.gz'), gzipSync(csv))
  const run = await made.run(['--maxWorkers=1', '--no-file-parallelism'])
  const told = [...run.output.matchAll(/kept (\S+) (\d+) (\d+) (\d+)/g)]
    .map(([, folder, ...counts]) => ({ folder: String(folder), counts: counts.map(Number) }))
    .toSorted((a, b) => (a.counts[0] as number) - (b.counts[0] as number))
  expect(run.code, run.output).toBe(0)
  const [first] = told
  const [, after = 0, held = 0] = first?.counts ?? []
  const [, [before, again = 0, copied] = []] = told.map(({ counts }) => counts)
  // The file whose turn it was left descriptions of three datasets besides.
  expect([(before as number) - after, copied]).toEqual([3, 0])
  // An answer that took too little time to be kept may take more the next time.
  expect(again - (before as number)).toBeLessThanOrEqual(2)
  expect(Math.min(after, held)).toBeGreaterThan(0)
  expect(existsSync(first?.folder ?? '.')).toBe(false)
  await made.remove()
})
