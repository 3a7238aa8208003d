import { expect, test } from 'vitest'
import { mft } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { respondsWithin } from '../../src/behavior/kinds/respondsWithin.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { exec } from '../../src/models/exec.ts'
import { predicted } from '../helpers/predicted.ts'

const node = (code: string): readonly string[] => [process.execPath, '-e', code]
const lines = `const lines = require('node:readline').createInterface({ input: process.stdin });`

test('each input is a line of JSON on stdin, each line of stdout a prediction, in order', async () => {
  const echo = exec(node(`${lines} lines.on('line', (line) => console.log(JSON.stringify({ got: JSON.parse(line) })))`))
  const inputs = ['a\nb', { x: 1 }, 'ünï', 3]
  expect((await predicted(echo, inputs)).values).toEqual(inputs.map((got) => ({ got })))
})

test('more inputs than a pipe holds reach a process that answers at the end', async () => {
  const late = exec(
    node(
      `${lines} const all = []; lines.on('line', (line) => all.push(line)); lines.on('close', () => console.log(all.map((one) => JSON.stringify(one.length)).join('\\n')))`,
    ),
  )
  const inputs = Array.from({ length: 5000 }, (_, i) => 'x'.repeat(100 + (i % 7)))
  const { values, errors } = await predicted(late, inputs)
  expect(errors.size).toBe(0)
  expect(values).toEqual(inputs.map((text) => text.length + 2))
})

test('a line that is no prediction is an error of its input alone', async () => {
  const odd = exec(node(`${lines} let n = 0; lines.on('line', () => console.log(['"a"', 'oops', 'null', '"d"'][n++]))`))
  const { values, errors } = await predicted(odd, [1, 2, 3, 4])
  expect(values).toEqual(['a', undefined, undefined, 'd'])
  expect([...errors]).toEqual([
    [1, 'answered no JSON, since a text stands there without double quotes: "oops"'],
    [2, 'answered null'],
  ])
})

test('one process serves all calls, and what it printed last is told of the input it died at', async () => {
  const code = `${lines} let n = 0; lines.on('line', (line) => { n++; if (line === '"bad"') { console.error('no such word'); process.exit(7) } console.log(n) })`
  const counting = exec(node(code))
  expect((await predicted(counting, ['a', 'b'])).values).toEqual([1, 2])
  expect((await predicted(counting, ['c'])).values).toEqual([3])
  const { values, errors } = await predicted(counting, ['d', 'bad', 'e', 'f'])
  expect(values).toEqual([4, undefined, 1, 2])
  expect([...errors]).toEqual([[1, 'ended with exit code 7 after 4 answers: no such word']])
  expect((await predicted(counting, ['g'])).values).toEqual([3])
})

test('a process that dies at each of several inputs is not started for ever', async () => {
  const dies = exec(node(`${lines} lines.on('line', (line) => line === '"a"' ? console.log('1') : process.exit(1))`))
  const { values, errors } = await predicted(dies, ['a', ...Array(50).fill('b')])
  expect(values[0]).toBe(1)
  expect(errors.size).toBe(50)
  expect(errors.get(50)).toMatch(
    /^was not asked: 3 calls in a row had no answer, the last since it ended with exit code 1/,
  )
  const cases = mft(['a', ...Array.from({ length: 50 }, (_, i) => `b${i}`)].map((input) => ({ input, expected: 1 })))
  const [found] = await evaluate(passMft(dies, cases, { passRate: { min: 0.01 } }))
  expect(found?.status).toBe('error')
  expect(found?.message).toMatch(/was asked 4 of 51 inputs, and no more: 3 calls in a row had no answer/)
})

test('many calls leave no listeners behind', async () => {
  const warned: string[] = []
  const note = ({ name }: Error) => warned.push(name)
  process.on('warning', note)
  const echo = exec(node(`${lines} lines.on('line', (line) => console.log(line))`))
  for (let i = 0; i < 30; i++) expect((await predicted(echo, [i, 'x'.repeat(50_000)])).errors.size).toBe(0)
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', note)
  expect(warned).toEqual([])
})

test('two calls made at once take turns', async () => {
  const echo = exec(node(`${lines} lines.on('line', (line) => setTimeout(() => console.log(line), 5))`))
  const [one, other] = await Promise.all([predicted(echo, ['a', 'b']), predicted(echo, ['c'])])
  expect([one.values, other.values]).toEqual([['a', 'b'], ['c']])
})

test('a process that never answers, writes too much or is not there is refused', async () => {
  await expect(predicted(exec('exit 3'), ['x'])).rejects.toThrow('ended with exit code 3 after 0 answers')
  await expect(predicted(exec(['/no/such/program']), ['x'])).rejects.toThrow(/could not be run: .*ENOENT/)
  await expect(predicted(exec(`echo '"a"'; echo '"b"'`), ['x'])).rejects.toThrow(
    /more than 1 line for 1 input\n {2}hint: .*\\"b\\"/,
  )
  const banner = exec(`echo 'Loading …'; echo '"a"'; echo '"b"'`)
  await expect(predicted(banner, ['x', 'y'])).rejects.toThrow(
    /more than 2 lines for 2 inputs\n {2}hint: .*the first line that is no JSON was "Loading …"$/,
  )
  expect(() => exec([])).toThrow('exec() got []')
  expect(() => exec('x', { timeout: 0 })).toThrow('timeout: 0')
})

test('a process that is silent for too long is ended', async () => {
  await expect(predicted(exec('sleep 300', { timeout: 100 }), ['x'])).rejects.toThrow('was silent for 100 ms')
})

test('an aborted signal ends the process and all it started', async () => {
  const stop = new AbortController()
  const asked = predicted(exec('sleep 300; echo never'), ['x'], { signal: stop.signal })
  setTimeout(() => stop.abort(), 50)
  await expect(asked).rejects.toMatchObject({ code: 'aborted' })
})

test('bigints and dates are sent with all their digits; what JSON cannot hold is not asked', async () => {
  const echo = exec(node(`${lines} lines.on('line', (line) => console.log(JSON.stringify(line)))`))
  const inputs = [{ n: 9007199254740993n }, new Map(), new Date(0), undefined, { n: Number.NaN }, 'last']
  const { values, errors } = await predicted(echo, inputs)
  expect([values[0], values[2], values[5]]).toEqual(['{"n":9007199254740993}', '"1970-01-01T00:00:00.000Z"', '"last"'])
  expect(Object.fromEntries(errors)).toEqual({
    1: 'was not asked: its input is a Map, which is no JSON value',
    3: 'was not asked: its input is undefined',
    4: 'was not asked: its input is NaN at n',
  })
})

test.skipIf(process.platform === 'win32')('what left the process group does not keep the model waiting', async () => {
  const code = `require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30000)'], { detached: true, stdio: 'inherit' }); setTimeout(() => {}, 30000)`
  await expect(predicted(exec(node(code), { timeout: 300 }), ['x'])).rejects.toThrow('was silent for 300 ms')
  const stop = new AbortController()
  const asked = predicted(exec(node(code)), ['x'], { signal: stop.signal })
  setTimeout(() => stop.abort(), 300)
  await expect(asked).rejects.toMatchObject({ code: 'aborted' })
})

test('wrong options say what to give', () => {
  expect(() => exec('x', { timout: 5 } as never)).toThrow('did you mean timeout?')
  expect(() => exec('x', { name: '' })).toThrow('an empty text as name')
  expect(() => exec(3 as never)).toThrow('exec() got a number as command')
})

test('no input starts no process', async () => {
  expect(await predicted(exec('exit 3'), [])).toEqual({ values: [], errors: new Map() })
})

test('a process that leaves a line out and waits for more has no answer at all', async () => {
  const skips = exec(node(`${lines} lines.on('line', (line) => { if (line !== '2') console.log(line) })`))
  const { errors } = await predicted(skips, [1, 2, 3])
  const error = 'wrote 2 lines for 3 inputs, so that no line can be told whose it is'
  expect([...errors.values()]).toEqual([error, error, error])
})

test('a process that is timed is asked one line after another, and dies at none but its own input', async () => {
  const script = `
import sys, json, time
for line in sys.stdin:
    if 'die' in line: sys.exit(1)
    time.sleep(0.02)
    print(json.dumps(json.loads(line)))
`
  const slow = exec(['python3', '-c', script], { name: 'slow@1' })
  const answers = await slow.predict(['a', 'b', 'die', 'c', 'd'], { timed: true })
  expect(answers.map(({ value }) => value)).toEqual(['a', 'b', undefined, 'c', 'd'])
  for (const i of [0, 1, 3, 4]) expect(answers[i]?.latency).toBeGreaterThan(19)
  expect(answers[2]?.error).toContain('ended with exit code 1')
  expect(
    (await evaluate(respondsWithin(slow, { p50: 60_000, throughput: 60 }, { on: ['e', 'f', 'g'] })))[0],
  ).toMatchObject({
    status: 'fail',
    expected: 'p50 at most 60,000 ms, at least 60 answers a second',
  })
})
