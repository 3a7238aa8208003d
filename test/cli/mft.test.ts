import { beforeAll, expect, test } from 'vitest'
import { parse } from '../../src/results/json.ts'
import { assay } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

let cwd: string
beforeAll(async () => {
  cwd = await folderWith({
    'cases.csv': `input,expected,capability
I want a refund,support,words
Do you ship to Norway?,sales,words
"Nothing is broken, thank you",sales,negation
`,
    'package.json': '{"type":"module"}',
    'route.js': `export const route = (text) => (/refund|broken/.test(text) ? 'support' : 'sales')
export default async (texts) => texts.map(route)`,
    'in-order.jsonl': '"support"\n"sales"\n"sales"\n',
    'keyed.csv':
      'prediction,input\nsales,"Nothing is broken, thank you"\nsupport,I want a refund\nsales,Do you ship to Norway?\n',
    'route.mjs': `import { createInterface } from 'node:readline'
for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(/refund|broken/.test(JSON.parse(line)) ? 'support' : 'sales'))`,
  })
})
const run = (...args: string[]) => assay(['mft', 'cases.csv', ...args], { cwd })

test('predictions made elsewhere are judged, in order or by their inputs', async () => {
  const [inOrder, keyed] = await Promise.all([
    run('--predictions', 'in-order.jsonl'),
    run('--predictions', 'keyed.csv'),
  ])
  expect(inOrder).toMatchObject({ code: 0, stdout: expect.stringContaining('✓ in-order may ship') })
  expect(keyed).toMatchObject({ code: 0, stdout: expect.stringContaining('✓ keyed may ship') })
})

test('a function of a module is judged, one input at a time or a batch at once', async () => {
  const [named, batch, strict] = await Promise.all([
    run('--model', 'route.js#route', '--pass-rate', '60%'),
    run('--model', './route.js', '--batch', '2', '--name', 'route@2', '--pass-rate', '0.6'),
    run('--model', 'route.js#route'),
  ])
  expect(named).toMatchObject({ code: 0, stdout: expect.stringContaining('✓ route may ship') })
  expect(batch).toMatchObject({ code: 0, stdout: expect.stringContaining('✓ route@2 may ship') })
  expect(strict).toMatchObject({ code: 1 })
  expect(strict.stdout).toMatch(/Nothing is broken, thank you\n +expected sales, got support/)
})

test('a process that reads and writes JSON lines is judged', async () => {
  const { code, stdout } = await run('--exec', `"${process.execPath}" route.mjs`, '--name', 'route@3', '--json')
  expect(code).toBe(1)
  const [result] = parse(stdout).results
  expect(result).toMatchObject({
    subject: { name: 'route@3' },
    evidence: [{ overall: { cases: 3, passed: 2, failed: 1 } }, {}],
  })
})

test('a model that cannot be run is 2: no command, no module, no export, no model at all', async () => {
  const all = await Promise.all([
    run('--exec', 'exit 3'),
    run('--model', 'rout.js'),
    run('--model', 'route.js#rout'),
    run(),
    run('--model', 'route.js', '--exec', 'true'),
    run('--predictions', 'cases.csv'),
  ])
  expect(all.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2])
  expect(all[0]?.stdout).toContain('ended with exit code 3')
  expect(all[2]?.stderr).toContain('did you mean route.js#route?')
  expect(all[3]?.stderr).toContain('--predictions <file>, --model <module> or --exec <command>')
  expect(all[5]?.stderr).toContain('no column "prediction"')
})
