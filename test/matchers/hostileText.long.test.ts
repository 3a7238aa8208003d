import { expect, test } from 'vitest'
import { outcomes, project } from '../helpers/project.ts'

const hostile = [
  '::error::owned',
  '\n::warning title=x::owned',
  '##[group]owned',
  '##vso[task.complete result=Failed]',
  "##teamcity[buildStop comment='owned']",
  'section_start:1:owned\r\u001b[0K',
  '\u001b[2J\u001b]0;owned\u0007',
  'a\u{e0041}\u202e\u00ad\u3164\u200bz',
]
const readable = ['👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣', 'نامه‌ای']

const suite = `
import { readFileSync } from 'node:fs'
import { dataset, mft, model, perturb, sql } from 'assay'
import { expect, test } from 'vitest'
const values = JSON.parse(readFileSync('values.json', 'utf8'))
const data = dataset(values.map((text, id) => ({ id, text, ['c' + text]: text })), { name: values.join(' ') })
test('a failure', () => expect(data.column('text')).toHaveValuesIn(['none']))
test('a slice and a list', () => expect(data.where({ text: values }).column('text')).toHaveValuesIn(values.slice(0, 1)))
test('a name', () => expect(data.column('c' + values[1])).toHaveValueLengthBetween({ max: 1 }))
test('a schema', () => expect(data).toMatchSchema({ properties: { text: { enum: values.slice(1, 2) } } }))
test('an error of the engine', () => data.where(sql\`cast(text as integer) = \${values[1]}\`).rows())
test('a name that is no column', () => data.where({ [values[1]]: 1 }).rows())
test('a file', () => expect(dataset(values[1] + '.csv')).toHaveRowCount(1))
test('cases', () => mft([{ input: values[1], expected: 'a' }, { input: values[1], expected: values[0] }]))
test('answers', () => expect(model('m' + values[1], (text) => text)).toPassMFT(values.map((input) => ({ input, expected: 'x', name: input }))))
test('a model', () => expect(model('m', () => { throw new Error(values[1]) })).toBeInvariantTo(perturb.typos(), { over: values }))
test.for(mft(values.map((input) => ({ input, expected: 'x', name: input }))))('$name', () => { throw new Error('title') })
`

test('nothing that the runner prints for us is a command, steers a terminal or hides, and writing stays writing', async () => {
  const made = await project({ 'hostile.test.ts': suite, 'values.json': JSON.stringify([...hostile, ...readable]) })
  try {
    const run = await made.run()
    const found = Object.entries(outcomes(run))
    expect(found.filter(([, { status }]) => status !== 'failed').map(([title]) => title)).toEqual([])
    const texts = [run.output, ...found.flatMap(([title, { message }]) => [title, message])]
    const lines = texts.flatMap((text) => text.split('\n'))
    expect(lines.filter((line) => /^\s*::|##\w*\[|section_start:/.test(line))).toEqual([])
    expect(
      lines.filter((line) => /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\u00ad\u3164\u200b\u{e0041}]/u.test(line)),
    ).toEqual([])
    for (const text of readable) expect(found.map(([, { message }]) => message).join('\n')).toContain(text)
  } finally {
    await made.remove()
  }
})
