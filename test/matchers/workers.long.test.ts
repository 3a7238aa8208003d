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
