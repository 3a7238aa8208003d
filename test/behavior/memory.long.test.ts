import { expect, test } from 'vitest'
import { fitsWithin } from '../../src/behavior/kinds/fitsWithin.ts'
import { exec } from '../../src/models/exec.ts'
import { model } from '../../src/models/model.ts'
import { judge } from '../helpers/judge.ts'

test.each([
  ['grows', 0],
  ['grows, also into the place of what was there before', 12],
])('a model takes so much memory: of a function by how much this process %s', async (_, before) => {
  let waste = Array.from({ length: before }, (_, i) => new Uint8Array(64e6).fill(i))
  const kept: Uint8Array[] = []
  const greedy = model('greedy@1', (n: number) => {
    kept.push(new Uint8Array(64e6).fill(n))
    return n
  })
  expect(waste).toHaveLength(before)
  waste = []
  const result = await judge(fitsWithin(greedy, { memory: 100e6 }, { on: [1, 2, 3, 4, 5, 6] }))
  expect(kept).toHaveLength(6)
  expect(result.status).toBe('fail')
  expect(result.value).toBeGreaterThan(300e6)
  expect(result.measured).toMatch(/^grew by \d+ MB over 6 answers$/)
})

test('a model takes so much memory: of a process all that it held', async () => {
  const script = `const kept = []; require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => { kept.push(Buffer.alloc(100e6, 1)); console.log(line) })`
  const fat = exec([process.execPath, '-e', script], { name: 'fat@1' })
  const result = await judge(fitsWithin(fat, { memory: 250e6 }, { on: [1, 2, 3] }))
  expect(result).toMatchObject({
    status: 'fail',
    measured: expect.stringMatching(/^a process of \d+ MB over 3 answers$/),
  })
  expect((await judge(fitsWithin(fat, { memory: 5e9 }, { on: [4] }))).status).toBe('pass')
})
