import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { exportedCases } from '../../src/behavior/exportedCases.ts'
import { mft } from '../../src/behavior/mft.ts'
import { predictions } from '../../src/models/predictions.ts'
import { assay } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'
import { predicted } from '../helpers/predicted.ts'

let cwd: string
const at = (name: string) => path.join(cwd, name)
beforeAll(async () => {
  cwd = await folderWith({
    'mine.jsonl': '{"input":"a","prediction":"dear"}\n',
    'cases.csv':
      'input.text,input.length,expected,capability\n"refund, please",12,support,words\nNorway?,7,sales,words\nNorway?,7,sales,again\n"say ""no""",8,sales,quotes\n',
  })
})
const route = (text: string): string => (/refund/.test(text) ? 'support' : 'sales')

describe('inputs are exported, predicted elsewhere and scored', () => {
  test.each<[string, (text: string) => string]>([
    [
      'jsonl',
      (text) =>
        text
          .trim()
          .split('\n')
          .map((line) => {
            const { input } = JSON.parse(line) as { input: { text: string } }
            return JSON.stringify({ input, prediction: route(input.text) })
          })
          .join('\n'),
    ],
    [
      'json',
      (text) =>
        JSON.stringify(
          (JSON.parse(text) as { input: { text: string } }[]).map(({ input }) => ({
            input,
            prediction: route(input.text),
          })),
        ),
    ],
    [
      'csv',
      (text) =>
        text
          .trim()
          .split('\n')
          .map((line, i) => `${line},${i === 0 ? 'prediction' : route(line)}`)
          .join('\n'),
    ],
  ])('as %s', async (ending, predict) => {
    const made = await assay(['cases', 'export', 'cases.csv', '-o', `out/inputs.${ending}`], { cwd })
    expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining(`3 inputs in out/inputs.${ending}`) })
    writeFileSync(at(`predictions.${ending}`), predict(readFileSync(at(`out/inputs.${ending}`), 'utf8')))
    const good = await assay(['cases', 'score', 'cases.csv', `predictions.${ending}`, '--name', 'desk@1'], { cwd })
    expect(good, good.stdout + good.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('desk@1 may ship'),
    })
  })

  test('limits of scores, pass rates and a baseline decide how it ends', async () => {
    const lines = mft(at('cases.csv')).map(({ input }) => ({ input, prediction: 'sales' }))
    writeFileSync(at('worse.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'))
    const run = (...args: string[]) => assay(['cases', 'score', 'cases.csv', 'worse.jsonl', ...args], { cwd })
    expect((await run()).code).toBe(1)
    expect((await run('--pass-rate', '70%')).code).toBe(0)
    expect((await run('--min', 'accuracy=0.7')).code).toBe(0)
    const low = await run('--min', 'accuracy=0.9,f1=0.9')
    expect(low).toMatchObject({ code: 1, stdout: expect.stringMatching(/accuracy[^]*expected +at least 0\.9/) })
    const lost = await run('--baseline', 'predictions.jsonl', '--margin', '1%')
    expect(lost.stdout + lost.stderr).toContain('1 broke, 0 fixed of 4 cases')
  })
})

test.each<[string, readonly string[], RegExp]>([
  ['nowhere to write', ['export', 'cases.csv'], /say -o inputs\.jsonl/],
  ['an ending', ['export', 'cases.csv', '-o', 'a.xml'], /cannot be written as "\.xml"[^]*\.jsonl/],
  ['over its cases', ['export', 'cases.csv', '-o', 'cases.csv'], /would write over its cases/],
  ['over predictions', ['export', 'cases.csv', '-o', 'mine.jsonl'], /"mine\.jsonl" is there already[^]*--force/],
  ['no predictions', ['score', 'cases.csv'], /needs predictions/],
  ['an action', ['predict', 'cases.csv'], /Allowed choices are export, score/],
  ['a score', ['score', 'cases.csv', 'predictions.jsonl', '--min', 'acuracy=1'], /did you mean accuracy/],
  ['a limit', ['score', 'cases.csv', 'predictions.jsonl', '--min', 'accuracy'], /a name and a number/],
])('what cannot be done is told: %s', async (_, args, message) => {
  const { code, stderr } = await assay(['cases', ...args], { cwd })
  expect(code).toBe(2)
  expect(stderr).toMatch(message)
})

test('an export is written again where nothing is lost, and over what is there with --force alone', async () => {
  const into = (...more: string[]) => assay(['cases', 'export', 'cases.csv', '-o', 'again.jsonl', ...more], { cwd })
  expect([(await into()).code, (await into()).code]).toEqual([0, 0])
  writeFileSync(at('again.jsonl'), '{"input":"a","prediction":"dear"}\n')
  expect((await into()).code).toBe(2)
  expect(readFileSync(at('again.jsonl'), 'utf8')).toContain('dear')
  expect((await into('--force')).code).toBe(0)
  expect(readFileSync(at('again.jsonl'), 'utf8')).not.toContain('dear')
})

test('each format holds each distinct input once, as it is', () => {
  const inputs = ['a\nb', '"q"', 'ü', 'a\nb', '']
  const cases = mft(inputs.map((input) => ({ input, expected: 1 })))
  expect(
    exportedCases(cases, '.txt')
      .text.split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as string),
  ).toEqual(['a\nb', '"q"', 'ü', ''])
  expect(exportedCases(cases, '.CSV').text).toBe('input\n"a\nb"\n"""q"""\nü\n""\n')
  expect(() => exportedCases(mft([{ input: { a: [1] }, expected: 1 }]), '.csv')).toThrow('a table holds no lists')
})

test('predictions of inputs that went through a table are found, unless two of them are alike', async () => {
  const tested = predictions([
    { input: { age: '34', member: 'TRUE', plan: '' }, prediction: 'yes' },
    { input: '7', prediction: 'seven' },
    { input: '1.0', prediction: 'a' },
    { input: '1.00', prediction: 'b' },
  ])
  const { values, errors } = await predicted(tested, [{ plan: null, member: true, age: 34 }, 7, 1, '1.0'])
  expect(values).toEqual(['yes', 'seven', undefined, 'a'])
  expect(errors.get(2)).toBe('has no prediction in the file')
})

test('inputs that wait for a prediction are collected, each once, and predicted ones are found', async () => {
  const [file, collect] = [at('later.jsonl'), at('waiting/inputs.jsonl')]
  const first = predictions(file, { collect, name: 'later@1' })
  expect((await predicted(first, ['a', { x: 1 }, 'a'])).errors.get(0)).toContain('has no prediction yet: it stands in')
  await first.predict(['b', 'a'])
  const lines = readFileSync(collect, 'utf8')
  expect(lines).toBe('{"input":"a"}\n{"input":{"x":1}}\n{"input":"b"}\n')
  writeFileSync(file, lines.replaceAll('}\n', ',"prediction":1}\n').replace('{"x":1,"prediction":1}', '{"x":1}'))
  const { values, errors } = await predicted(predictions(file, { collect }), ['a', { x: 1 }, 'b', 'c'])
  expect([values, errors.has(3)]).toEqual([[1, 1, 1, undefined], true])
  expect(readFileSync(collect, 'utf8')).toBe(`${lines}{"input":"c"}\n`)
  expect(() => predictions(file, { collect: 'a.csv' })).toThrow('a.csv as collect')
  expect(() => predictions([{ prediction: 1 }], { collect })).toThrow('predictions without their inputs')
})
