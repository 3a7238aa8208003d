import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { outcomes, project } from '../helpers/project.ts'

/** Every assertion about a model, every way to hand over personal rows, every way to fail. */
const suite = `
import { createServer } from 'node:http'
import * as A from 'assay'
import { afterAll, beforeAll, expect, test } from 'vitest'
const { dataset, exec, http, labelled, mft, model, perturb } = A
const records = Array.from({ length: 14 }, (_, i) => ({
  input: 'zqsecret' + i, expected: i % 2 ? 'a' : 'b', age: 918273000 + i, capability: 'zqteam' + (i % 3), name: 'zqname' + i, open: i % 2 ? 'x' : 'y',
}))
const people = dataset(records, { name: 'people', pii: ['input', 'age', 'capability', 'name'] })
const cases = dataset(records.map(({ age, open, ...row }) => row), { name: 'cases', pii: ['input', 'capability', 'name'] })
let status = 401
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => (body += part))
  request.on('end', () => { response.statusCode = Number(request.url.slice(1)); response.end('no: ' + body) })
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
afterAll(() => server.close())
const text = (input) => JSON.stringify(input, (_, value) => (typeof value === 'bigint' ? String(value) : value))
const url = 'http://127.0.0.1:' + server.address().port
const models = {
  wrong: model('wrong', (input) => 'of ' + text(input).slice(0, 400)),
  scored: model('scored', (input) => ({ label: text(input), scores: { [text(input)]: 0.5 } })),
  throws: model('throws', (input) => { throw new Error('cannot ' + text(input)) }),
  crash: exec('sh crash.sh', { name: 'crash' }),
  chatty: exec('sh chatty.sh', { name: 'chatty' }),
  refuses: http(url + '/401', { name: 'refuses', retries: 0, concurrency: 1, request: (input) => text(input) }),
  fails: http(url + '/500', { name: 'fails', retries: 0, concurrency: 1, request: (input) => text(input) }),
  away: http(url + '/503', { name: 'away', retries: 0, concurrency: 1, request: (input) => text(input) }),
}
const other = model('other', () => 'a')
const rows = await people.rows()
const ofCases = await cases.rows()
const inputs = {
  dataset: people,
  slice: people.where({ open: 'x' }),
  column: people.column('input'),
  rows,
  'rows in lists': rows.map((row) => [row, 1]),
  'rows in records': rows.map((row) => ({ who: row, age: row.age })),
}
const labels = labelled(rows, { expected: 'expected' })
const tables = {
  labelled: labels,
  'labelled by a personal field': labelled(rows, { expected: 'name' }),
  'copies of cases': labels.map((one) => ({ ...one, weight: 2 })),
  'cases of rows': mft(ofCases),
  'rows as inputs': mft(rows.map((row) => ({ input: row, expected: row.expected, capability: row.capability, name: row.name }))),
  'fields of inputs': mft(await dataset(records.map((row) => ({ 'input.mail': row.input, expected: 'a', capability: row.capability })), { pii: ['input.mail', 'capability'] }).rows()),
  'one case': labels.slice(0, 1),
  'groups': mft(rows.map((row, i) => Object.assign(row, { input: row.input })).map((row, i) => ({ input: row, expected: 'a', group: 'zqgroup' + row.open }))),
}
const last = perturb.typos()
const change = { column: last }
const changed = (way) => (way === 'column' ? last : way.includes('in records') ? perturb.of('renamed', ({ who, ...row }) => ({ who: { ...who, input: who.input + '!' }, ...row })) : way.includes('in lists') ? perturb.of('renamed', ([row, n]) => [row, n + 1]) : perturb.inField('input', perturb.append('!')))
const names = { invariantTo: 'toBeInvariantTo', movesWith: 'toMoveWith', monotonicIn: 'toBeMonotonicIn', answersAll: 'toAnswerAll', agreesWith: 'toAgreeWith', deterministic: 'toBeDeterministic', compatibleWith: 'toBeCompatibleWith', respondsWithin: 'toRespondWithin', fitsWithin: 'toFitWithin', testedBy: 'toBeTestedBy', passMft: 'toPassMFT', noWorseThan: 'toBeNoWorseThan', beatsBaseline: 'toBeatBaseline', scored: 'toScore', fair: 'toBeFair', soundCases: 'toBeSoundCases' }
const M = Object.fromEntries(Object.entries(names).map(([kind, matcher]) => [kind, (m, ...args) => expect(m)[matcher](...args)]))
const ofInputs = {
  invariantTo: (m, over, way) => M.invariantTo(m, changed(way), { over }),
  'invariantTo by repeats': (m, over, way) => M.invariantTo(m, changed(way), { over, repeats: 3 }),
  movesWith: (m, over, way) => M.movesWith(m, changed(way), { over, direction: 'up' }),
  monotonicIn: (m, over) => M.monotonicIn(m, 'age', { over, increasing: true, score: ({ value }) => -String(value).length - Math.random() }),
  answersAll: (m, on) => M.answersAll(m, { on, answer: () => false }),
  agreesWith: (m, on) => M.agreesWith(m, other, { on }),
  agreesBackwards: (m, on) => M.agreesWith(other, m, { on }),
  deterministic: (m, on) => M.deterministic(m, { on }),
  compatibleWith: (m, on) => M.compatibleWith(m, model('before', (input) => ({ [text(input)]: 1 })), { on }),
  respondsWithin: (m, on) => M.respondsWithin(m, { p95: 1e-6 }, { on }),
  fitsWithin: (m, on) => M.fitsWithin(m, { bytes: 1 }, { on, files: ['crash.sh'] }),
  'testedBy of inputs': (m, on) => M.testedBy(m, (one) => A.answersAll(one, { on, answer: () => true }), { draws: 1 }),
}
const ofCasesBy = {
  passMft: (m, on) => M.passMft(m, on),
  'passMft by repeats': (m, on) => M.passMft(m, on, { repeats: 2 }),
  noWorseThan: (m, on) => M.noWorseThan(m, other, { on }),
  noWorseBackwards: (m, on) => M.noWorseThan(other, m, { on }),
  noWorseByScore: (m, on) => M.noWorseThan(m, other, { on, score: 'accuracy' }),
  beatsBaseline: (m, on) => M.beatsBaseline(m, 'majority', { on }),
  scored: (m, on) => M.scored(m, { accuracy: { min: 0.99 }, logLoss: { max: 0.01 } }, on, { sliceBy: '*', floor: 1, slices: { accuracy: { min: 0.99 } } }),
  fair: (m, on) => M.fair(m, { demographicParity: { max: 0.01 } }, on, { by: ({ input }) => text(input), positive: on[0].expected, floor: 1 }),
  testedBy: (m, on) => M.testedBy(m, (one) => A.passMft(one, on), { draws: 1 }),
  soundCases: (m, on) => M.soundCases([...on, ...on], { training: rows }),
}
const ask = (name, make) => test(name, make)
for (const [kind, m] of Object.entries(models)) {
  for (const [how, make] of Object.entries(ofInputs))
    for (const [way, given] of Object.entries(inputs)) {
      if (how === 'monotonicIn' && (way === 'column' || way.includes('in lists'))) continue
      ask(kind + ' ' + how + ' ' + way, () => make(m, given, way))
    }
  for (const [how, make] of Object.entries(ofCasesBy))
    for (const [way, given] of Object.entries(tables)) ask(kind + ' ' + how + ' ' + way, () => make(m, given))
  ask(kind + ' passMft dataset', () => M.passMft(m, mft(cases)))
}
ask('limits of capabilities', () => M.passMft(other, mft(ofCases), { capabilities: { zqteam1: { min: 1 } } }))
ask('limits of capabilities of a dataset', () => M.passMft(other, mft(cases), { capabilities: { zqteam1: { min: 1 } } }))
ask('capability that is none', () => M.passMft(other, mft(ofCases), { capabilities: { team: { min: 1 } } }))
ask('capability that is none, of a dataset', () => M.passMft(other, mft(cases), { capabilities: { team: { min: 1 } } }))
for (const [column, value] of Object.entries({ weight: 'zqweight', compare: 'zqcompare', group: ['zqgroup'], expected: '' })) {
  const wrong = () => dataset(records.map((row) => ({ input: row.input, expected: 'a', [column]: value })), { name: 'wrong', pii: ['input', column] })
  ask('wrong ' + column, () => M.passMft(other, mft(wrong())))
  test('wrong rows ' + column, async () => { M.passMft(other, mft(await wrong().rows())) })
}
const regular = () => dataset([{ input: 'x', expected: '(zqexpected', compare: 'matches' }], { name: 'regular', pii: ['expected'] })
ask('wrong expectation', () => M.passMft(other, mft(regular())))
test('wrong expectation of rows', async () => { mft(await regular().rows()) })
ask('groups apart', () => M.passMft(other, mft(dataset(['1', '2', '1'].map((one, i) => ({ input: 'x' + i, expected: 'a', group: 'zqgroup' + one })), { pii: ['group'] }))))
const writing = (name) => A.recorded(model(name, text, { fingerprint: '1' }), { folder: 'written', mode: 'auto' })
for (const [way, given] of Object.entries(inputs)) {
  ask('recorded ' + way, () => M.answersAll(writing('kept'), { on: given }))
  ask('collect ' + way, () => M.answersAll(A.predictions('none.jsonl', { collect: 'collected.jsonl' }), { on: given }))
  ask('tested by a recorded one ' + way, () => M.testedBy(writing('kept'), (one) => A.answersAll(one, { on: given }), { draws: 1 }))
}
for (const [way, given] of Object.entries(tables)) {
  ask('recorded ' + way, () => M.passMft(writing('kept'), given))
  ask('collect ' + way, () => M.passMft(A.predictions('none.jsonl', { collect: 'collected.jsonl' }), given))
  test('baseline ' + way, () => expect(other).toBeNoWorseThan('written.baseline.jsonl', { on: given }))
}
ask('recorded dataset', () => M.passMft(writing('kept'), mft(cases)))
`

const inputs = {
  'crash.sh': 'read -r line; echo "bad row $line" >&2; exit 1',
  'chatty.sh': 'while read -r line; do echo "$line"; echo "$line"; done',
}
const secrets = /zq(?:secret|team|name|group|weight|compare|expected)\w*|918273\d{3}|918.273.0/
/** Options that the suite itself writes, which head its failures. */
const written = /positive: 'zqname0'|capabilities: \{ zqteam1: \[Object\] \}/g

test('no value of personal rows that a model is asked about is told or written, however they are handed over and whatever fails', async () => {
  const made = await project({ ...inputs, 'a.test.ts': suite }, `{ waivers: undefined }`)
  try {
    const run = await made.run([], {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: path.join(made.folder, 'summary.md'),
    })
    const tests = outcomes(run)
    const files = (await readdir(made.folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile())
    const texts = [['output', run.output]]
    for (const file of files) {
      if (file.name === 'a.test.ts') continue
      texts.push([file.name, `${file.name}\n${await readFile(path.join(file.parentPath, file.name), 'utf8')}`])
    }
    expect(texts.map(([name]) => name)).toEqual(expect.arrayContaining(['report.json', 'summary.md']))
    const lines = texts.flatMap(([name, text]) =>
      (text as string)
        .replace(written, '')
        .split('\n')
        .flatMap((line) => {
          const at = line.search(secrets)
          return at < 0 ? [] : [`${name}: ${line.slice(Math.max(0, at - 300), at + 80)}`]
        }),
    )
    expect(lines.slice(0, 40)).toEqual([])
    // They did run, and said what may be told.
    expect(Object.keys(tests).length).toBeGreaterThan(900)
    expect(tests['crash passMft labelled']?.message).toContain('the process ended with exit code 1 after 0 answers')
    expect(tests['refuses passMft labelled']?.message).toMatch(/refuses was asked \d+ of 14 inputs, and no more/)
    expect(tests['wrong answersAll rows']?.message).toContain('[redacted]')
    expect(tests['recorded rows']?.message).toContain('no answer of kept is recorded in "written"')
    expect(tests['collect rows']?.message).toContain('no input is collected in "collected.jsonl"')
  } finally {
    await made.remove()
  }
})
