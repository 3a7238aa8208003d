import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agreesWith } from '../../src/behavior/kinds/agreesWith.ts'
import { beatsBaseline } from '../../src/behavior/kinds/beatsBaseline.ts'
import { deterministic } from '../../src/behavior/kinds/deterministic.ts'
import { invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { mft } from '../../src/behavior/mft.ts'
import { monotonicIn } from '../../src/behavior/kinds/monotonicIn.ts'
import { movesWith } from '../../src/behavior/kinds/movesWith.ts'
import { noWorseThan } from '../../src/behavior/kinds/noWorseThan.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { respondsWithin } from '../../src/behavior/kinds/respondsWithin.ts'
import { scored } from '../../src/behavior/kinds/scored.ts'
import type { Check } from '../../src/checks/check.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { chat } from '../../src/models/chat.ts'
import { exec } from '../../src/models/exec.ts'
import { http, mlflow } from '../../src/models/http.ts'
import { type Model, model } from '../../src/models/model.ts'
import { predictions } from '../../src/models/predictions.ts'
import { perturb } from '../../src/perturbations/index.ts'
import { predicted } from '../helpers/predicted.ts'

const labels = ['yes', 'no']
/** 70 MB of JSON. */
const packed = gzipSync(`"${'y'.repeat(70e6)}"`, { level: 1 })

/** A server whose path says how it answers what is asked as "bad"; all else is answered with "yes". */
let server: Server
let base: string
beforeAll(async () => {
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      const bad = text.includes('bad')
      const end = (status: number, body: string) => response.writeHead(status).end(body)
      const [, kind, fault = ''] = (request.url ?? '').split('/')
      const count = (JSON.parse(text) as { inputs?: unknown[] }).inputs?.length ?? 1
      const whole = (answer: string): string =>
        kind === 'chat'
          ? `{"choices":[{"message":{"content":${answer}}}]}`
          : kind === 'mlflow'
            ? `{"predictions":[${Array.from({ length: count }, () => answer).join(',')}]}`
            : answer
      if (!bad) return end(200, whole('"yes"'))
      if (fault === 'hangs') return
      if (fault === 'moved') return response.writeHead(302, { location: `/${kind}/good?key=hidden` }).end()
      if (fault === 'endless') return response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed)
      if (fault === 'bytes') return response.writeHead(200).end(Buffer.from('2263e922', 'hex'))
      if (fault === 'torn') {
        response.writeHead(200, { 'content-length': '100' }).write('"ye')
        return setTimeout(() => request.socket.destroy(), 20)
      }
      if (fault === 'empty') return end(200, whole('" \\n"'))
      if (fault === 'quota') return end(200, '{"error":{"message":"quota exceeded"}}')
      if (fault === 'streams') return end(200, 'data: {"choices":[{"delta":{"content":"yes"}}]}\n\ndata: [DONE]\n')
      if (fault === 'dies') return request.socket.destroy()
      if (fault === 'throws') return end(500, 'out of order')
      if (fault === 'few')
        return end(200, kind === 'mlflow' ? '{"predictions":[]}' : kind === 'chat' ? '{"choices":[]}' : '')
      if (fault === 'label') return end(200, whole('"yess"'))
      if (fault === 'null') return end(200, whole('null'))
      if (fault === 'twice') return end(200, whole('{"label":"yes","label":"no"}'))
      end(200, whole('NaN'))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const never = new Promise<never>(() => {})
/** Only what hangs is ended by its time; no slow machine ends another. */
const once = (fault: string) => ({ retries: 0, timeout: fault === 'hangs' ? 1000 : 60_000, labels })
const one = (bad: (input: { id: string }) => unknown, options = {}) =>
  model('one@1', (input: { id: string }) => (input.id === 'bad' ? bad(input) : 'yes'), { labels, ...options })
const batch = (bad: (inputs: { id: string }[]) => unknown, options = {}) =>
  model('batch@1', (inputs: { id: string }[]) => (inputs[0]?.id === 'bad' ? bad(inputs) : inputs.map(() => 'yes')), {
    batch: 1,
    labels,
    ...options,
  })
const script = (bad: string, options = {}) =>
  exec(
    [
      process.execPath,
      '-e',
      `require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => { if (line.includes('bad')) { ${bad} } else console.log('"yes"') })`,
    ],
    { labels, ...options },
  )
const rows = (...bad: { input: unknown; prediction: unknown }[]) =>
  predictions([{ input: { id: 'good' }, prediction: 'yes' }, ...bad, { input: { id: 'well' }, prediction: 'yes' }], {
    labels,
  })
const answered = (prediction: unknown) => rows({ input: { id: 'bad' }, prediction })
const served = (fault: string) => http(`${base}/http/${fault}`, once(fault))
const chatted = (fault: string) => chat(`${base}/chat/${fault}`, { model: 'm', ...once(fault) })
const flow = (fault: string) => mlflow(`${base}/mlflow/${fault}`, { batch: 1, ...once(fault) })

const table: readonly (readonly [fault: string, adapter: string, make: () => Model, told: RegExp])[] = [
  [
    'throws',
    'function',
    () =>
      one(() => {
        throw new TypeError('no words')
      }),
    /^threw TypeError: no words$/,
  ],
  [
    'throws what is no error',
    'function',
    () =>
      one(() => {
        throw null
      }),
    /^threw null$/,
  ],
  ['rejects', 'function', () => one(() => Promise.reject(new Error('later'))), /^threw Error: later$/],
  [
    'throws',
    'batch',
    () =>
      batch(() => {
        throw new Error('no')
      }),
    /^threw Error: no$/,
  ],
  ['throws', 'http', () => served('throws'), /^answered with status 500: out of order$/],
  ['throws', 'mlflow', () => flow('throws'), /^answered with status 500: out of order$/],
  ['throws', 'chat', () => chatted('throws'), /^answered with status 500: out of order$/],
  ['hangs', 'function', () => one(() => never, { timeout: 30 }), /^did not answer within 30 ms$/],
  ['hangs', 'batch', () => batch(() => never, { timeout: 30 }), /^did not answer within 30 ms$/],
  ['hangs', 'http', () => served('hangs'), /^did not answer within 1000 ms$/],
  ['hangs', 'mlflow', () => flow('hangs'), /^did not answer within 1000 ms$/],
  ['hangs', 'chat', () => chatted('hangs'), /^did not answer within 1000 ms$/],
  ['hangs', 'process', () => script('for (;;);', { timeout: 1000 }), /^was silent for 1000 ms$/],
  ['answers too few', 'batch', () => batch(() => []), /^answered 0 predictions for 1 input$/],
  ['answers too many', 'batch', () => batch(() => ['yes', 'yes']), /^answered 2 predictions for 1 input$/],
  ['answers no list', 'batch', () => batch(() => 'yes'), /^answered a string for a batch, not an array$/],
  ['answers too few', 'http', () => served('few'), /^answered nothing$/],
  ['answers too few', 'mlflow', () => flow('few'), /^answered 0 predictions for 1 input$/],
  ['answers too few', 'chat', () => chatted('few'), /there is no choices\[0\]\.message\.content/],
  ['answers too few', 'rows', () => rows(), /^has no prediction in the file$/],
  ['answers NaN', 'function', () => one(() => Number.NaN), /^answered NaN$/],
  [
    'answers NaN inside',
    'function',
    () => one(() => ({ label: 'yes', scores: { yes: Number.NaN } })),
    /^answered NaN at scores\.yes$/,
  ],
  ['answers NaN', 'batch', () => batch(() => [Number.NaN]), /^answered NaN$/],
  ['answers NaN', 'http', () => served('nan'), /^answered no JSON, since it writes NaN: "NaN"$/],
  ['answers NaN', 'mlflow', () => flow('nan'), /answered no JSON, since it writes NaN/],
  ['answers NaN', 'chat', () => chatted('nan'), /answered no JSON/],
  ['answers NaN', 'process', () => script("console.log('NaN')"), /^answered no JSON, since it writes NaN: "NaN"$/],
  ['says a key twice', 'http', () => served('twice'), /^answered JSON that holds the key "label" twice in #$/],
  [
    'says a key twice',
    'mlflow',
    () => flow('twice'),
    /^answered JSON that holds the key "label" twice in #\/predictions\/0$/,
  ],
  [
    'says a key twice',
    'process',
    () => script(`console.log('{"label":"yes","label":"no"}')`),
    /^answered JSON that holds the key "label" twice in #$/,
  ],
  ['answers NaN', 'rows', () => answered(Number.NaN), /^answered NaN$/],
  ['answers nothing', 'function', () => one(() => undefined), /^answered undefined$/],
  ['answers nothing', 'http', () => served('null'), /^answered null$/],
  ['answers nothing', 'mlflow', () => flow('null'), /^answered null$/],
  ['answers nothing', 'chat', () => chatted('null'), /there is no choices/],
  ['answers nothing', 'process', () => script("console.log('null')"), /^answered null$/],
  ['answers nothing', 'rows', () => answered(null), /^answered null$/],
  ['answers another shape', 'function', () => one(() => new Map()), /^answered a Map, which is no JSON value$/],
  ['answers another shape', 'function', () => one(() => ['yes']), /^answered a list, which is no label$/],
  ['answers another shape', 'process', () => script("console.log('[1]')"), /^answered a list, which is no label$/],
  ['answers another shape', 'rows', () => answered({ yes: 1 }), /^answered an object, which is no label$/],
  [
    'answers a label nobody declared',
    'function',
    () => one(() => 'yess'),
    /^answered the label "yess", which is not declared: is it "yes"\?$/,
  ],
  [
    'scores a label nobody declared',
    'function',
    () => one(() => ({ label: 'yes', scores: { yes: 1, perhaps: 0 } })),
    /^answered the label "perhaps", which is not declared/,
  ],
  [
    'answers promises, one of which is rejected',
    'batch',
    () => batch(() => [Promise.reject(new Error('busy'))]),
    /^answered a Promise: a batch is answered once all of its answers are there \(Promise\.all\)$/,
  ],
  ['answers a label nobody declared', 'batch', () => batch(() => ['yess']), /"yess", which is not declared/],
  ['answers a label nobody declared', 'http', () => served('label'), /"yess", which is not declared/],
  ['answers a label nobody declared', 'mlflow', () => flow('label'), /"yess", which is not declared/],
  ['answers a label nobody declared', 'chat', () => chatted('label'), /"yess", which is not declared/],
  [
    'answers a label nobody declared',
    'process',
    () => script(`console.log('"yess"')`),
    /"yess", which is not declared/,
  ],
  ['answers a label nobody declared', 'rows', () => answered('yess'), /"yess", which is not declared/],
  [
    'changes its input',
    'function',
    () => one((input) => ((input.id = 'other'), 'yes')),
    /^changed its input at id: it must leave inputs as they are$/,
  ],
  [
    'changes its input',
    'batch',
    () => batch((inputs) => ((inputs[0]!.id = 'other'), ['yes'])),
    /^changed its input at id/,
  ],
  [
    'changes its list of inputs',
    'batch',
    () => batch((inputs) => ((inputs[0] = { id: 'x' }), ['yes'])),
    /^changed the list of inputs of its batch$/,
  ],
  [
    'dies',
    'process',
    () => script("console.error('out of memory'); process.exit(3)"),
    /^ended with exit code 3 after 1 answer: out of memory$/,
  ],
  [
    'is ended',
    'process',
    () => script("process.kill(process.pid, 'SIGKILL')"),
    /^was ended by SIGKILL after 1 answer$/,
  ],
  ['dies', 'http', () => served('dies'), /^could not be reached: /],
  [
    'is elsewhere',
    'http',
    () => served('moved'),
    /^answered with status 302: it is moved to http:\/\/127\.0\.0\.1:\d+\/http\/good, and redirects are not followed$/,
  ],
  ['answers without an end', 'http', () => served('endless'), /^answered more than 64 MB$/],
  ['answers no text', 'http', () => served('bytes'), /^answered bytes that are no UTF-8$/],
  ['breaks off', 'http', () => served('torn'), /^answered, and broke off: /],
  ['says nothing', 'chat', () => chatted('empty'), /choices\[0\]\.message\.content is empty$/],
  ['answers an error', 'chat', () => chatted('quota'), /there is an error: \{"message":"quota exceeded"\}$/],
  ['streams', 'chat', () => chatted('streams'), /answered no JSON: /],
  [
    'answers no text',
    'process',
    () => script("process.stdout.write(Buffer.from('2263e9220a', 'hex'))"),
    /^answered .*, which is no UTF-8$/,
  ],
  [
    'answers without an end',
    'process',
    () => script("process.stdout.write('x'.repeat(70e6))"),
    /^wrote a line of more than 64 MB$/,
  ],
  [
    'closes its output and stays',
    'process',
    () => script("require('node:fs').closeSync(1); setInterval(() => {}, 1000)"),
    /^closed its stdout after 1 answer$/,
  ],
  [
    'leaves one behind that holds its output open',
    'process',
    () =>
      script(
        "require('node:child_process').spawn('sleep', ['9'], { stdio: 'inherit', detached: true }); process.exit(3)",
      ),
    /^ended with exit code 3 after 1 answer$/,
  ],
  [
    'floods its stderr',
    'process',
    () => script("process.stderr.write('e'.repeat(20e6)); console.log('null')"),
    /^answered null$/,
  ],
]

test.each(table)('a model that %s (%s) errs at that input alone', async (_fault, _adapter, make, told) => {
  const { values, errors } = await predicted(make(), [{ id: 'good' }, { id: 'bad' }, { id: 'well' }])
  expect(errors.get(1)).toMatch(told)
  expect([values[0], values[2], errors.size]).toEqual(['yes', 'yes', 1])
})

test('a process that leaves a line out has no answer at all', async () => {
  const { errors } = await predicted(script('', { timeout: 500 }), [{ id: 'good' }, { id: 'bad' }, { id: 'well' }])
  const error = 'wrote 2 lines for 3 inputs, so that no line can be told whose it is'
  expect([...errors.values()]).toEqual([error, error, error])
})

describe('a model that is always wrong in one way passes nothing', () => {
  const inputs = Array.from({ length: 30 }, (_, i) => ({ text: `a text of words ${i}`, age: i }))
  const on = mft(inputs.map((input, i) => ({ input, expected: i % 2 === 0 ? 'yes' : 'no' })))
  const good = model('good@1', ({ age }: { age: number }) => ({
    label: age % 2 === 0 ? 'yes' : 'no',
    scores: { yes: age / 30, no: 1 - age / 30 },
  }))
  const typos = perturb.inField('text', perturb.typos())
  const checks: Readonly<Record<string, (tested: Model) => Check>> = {
    passMft: (tested) => passMft(tested, on, { passRate: { min: 0.01 } }),
    invariantTo: (tested) => invariantTo(tested, typos, { over: inputs, passRate: { min: 0.01 } }),
    movesWith: (tested) =>
      movesWith(tested, typos, { over: inputs, score: 'yes', direction: 'up', passRate: { min: 0.01 } }),
    monotonicIn: (tested) =>
      monotonicIn(tested, 'age', { over: inputs, increasing: true, score: 'yes', passRate: { min: 0.01 } }),
    scored: (tested) => scored(tested, { accuracy: { min: 0.01 } }, on),
    noWorseThan: (tested) => noWorseThan(tested, good, { on, margin: 0.99 }),
    'noWorseThan, as the other': (tested) => noWorseThan(good, tested, { on, margin: 0.99 }),
    agreesWith: (tested) => agreesWith(tested, good, { on: inputs, passRate: { min: 0.01 } }),
    'agreesWith, as the other': (tested) => agreesWith(good, tested, { on: inputs, passRate: { min: 0.01 } }),
    beatsBaseline: (tested) => beatsBaseline(tested, 'majority', { on }),
    deterministic: (tested) => deterministic(tested, { on: inputs, passRate: { min: 0.01 } }),
    respondsWithin: (tested) => respondsWithin(tested, { max: 1e9 }, { on: inputs }),
  }
  const faults: Readonly<Record<string, () => Model>> = {
    throws: () =>
      model('m@1', () => {
        throw new Error('no')
      }),
    'answers nothing': () => model('m@1', () => undefined),
    'answers NaN': () => model('m@1', () => Number.NaN),
    'answers a Map': () => model('m@1', () => new Map()),
    'answers a label nobody declared': () => model('m@1', () => 'maybe', { labels }),
    'changes its input': () => model('m@1', (input: { age: number }) => ((input.age += 1), 'yes')),
    'answers too few': () => model('m@1', () => [], { batch: 10 }),
    'never answers': () => model('m@1', () => never, { timeout: 5 }),
  }
  const pairs = Object.keys(checks).flatMap((check) => Object.keys(faults).map((fault) => [check, fault] as const))

  test.each(pairs)('%s: %s', async (check, fault) => {
    const results = await evaluate([checks[check]!(faults[fault]!())])
    expect(results.length).toBeGreaterThan(0)
    for (const { status, message, measured } of results) {
      expect(['error', 'fail'], `${status}: ${measured}`).toContain(status)
      expect(`${message} ${measured}`).toMatch(/30|none|no answer|not be/)
    }
  })

  test('and the good one passes', async () => {
    const results = await evaluate(
      Object.entries(checks)
        .filter(([name]) => !/moves|monotonic|other/.test(name))
        .map(([, make]) => make(good)),
    )
    expect(results.map(({ kind, status }) => `${kind} ${status}`).filter((one) => !one.endsWith(' pass'))).toEqual([])
  })
})
