import { existsSync } from 'node:fs'
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

test('answers of one test file are there for the next, and gone with vitest', async () => {
  const file = `
    import { existsSync, readdirSync } from 'node:fs'
    import { dataset } from 'assay'
    import { expect, test } from 'vitest'
    test('asks', async () => {
      const count = () => (existsSync(process.env.ASSAY_KEPT) ? readdirSync(process.env.ASSAY_KEPT).filter((name) => !name.startsWith('described')).length : 0)
      const before = count()
      await expect(dataset('rows.csv').column('a')).toHaveValuesIn(['x'])
      const after = count()
      console.log('kept', process.env.ASSAY_KEPT, before, after)
    })`
  const files = {
    'rows.csv': `a,b\n${'x,1\n'.repeat(400_000)}`,
    'a.test.ts': file,
    'b.test.ts': file,
  }
  const made = await project(files)
  const run = await made.run(['--maxWorkers=1', '--no-file-parallelism'])
  const told = [...run.output.matchAll(/kept (\S+) (\d+) (\d+)/g)]
    .map(([, folder, before, after]) => ({
      folder: String(folder),
      before: Number(before),
      after: Number(after),
    }))
    .toSorted((a, b) => a.before - b.before)
  expect(run.code, run.output).toBe(0)
  expect(told.map(({ before, after }) => [before, after])).toEqual([
    [0, expect.any(Number)],
    [told[0]?.after, told[0]?.after],
  ])
  expect(told[0]?.after).toBeGreaterThan(0)
  expect(existsSync(told[0]?.folder ?? '.')).toBe(false)
  await made.remove()
})
