import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { fitsWithin } from '../../src/behavior/kinds/fitsWithin.ts'
import { exec } from '../../src/models/exec.ts'
import { model } from '../../src/models/model.ts'
import { builtCli, plainEnvironment } from '../helpers/cli.ts'
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

test('neither what this process held before nor what the one that started it holds hides what a model held for a moment', {
  timeout: 120_000,
}, async () => {
  // This process holds more than the model will, and Linux lets what it starts inherit that as its own peak.
  const ballast = Buffer.alloc(900e6, 1)
  const entry = path.resolve(await builtCli(), '../../index.js')
  const code = `
    import { evaluate, fitsWithin, model } from ${JSON.stringify(entry)}
    Buffer.alloc(700e6, 1)
    const greedy = model('greedy@1', (n) => {
      Buffer.alloc(300e6, n)
      gc()
      return n
    })
    const [result] = await evaluate(fitsWithin(greedy, { memory: 100e6 }, { on: [1, 2] }))
    console.log(JSON.stringify(result))`
  const args = ['--expose-gc', '--input-type=module', '-e', code]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: plainEnvironment() })
  expect(ballast).toHaveLength(900e6)
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'fail',
    measured: expect.stringMatching(/^grew by 3\d\d MB over 2 answers$/),
  })
})
