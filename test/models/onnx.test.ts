import { copyFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { labelled } from '../../src/behavior/labelled.ts'
import { onnx } from '../../src/models/onnx/onnx.ts'
import type { OnnxOptions } from '../../src/models/onnx/onnxOptions.ts'
import { folderWith } from '../helpers/files.ts'
import { predicted } from '../helpers/predicted.ts'

const folder = fileURLToPath(new URL('../fixtures/onnx', import.meta.url))
const file = (name: string): string => path.join(folder, `${name}.onnx`)

interface Rows {
  readonly rows: readonly (readonly number[])[]
}
interface Classified extends Rows {
  readonly labels: readonly (string | number)[]
}
/** What scikit-learn answers. */
const reference = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as {
  tumours: Classified & { scores: readonly (readonly number[])[]; features: readonly string[]; classes: string[] }
  iris: Classified
  diabetes: Rows & { values: readonly number[] }
}
const { features, rows, labels, scores, classes } = reference.tumours
const records = rows.map((row) => Object.fromEntries(features.map((name, i) => [name, row[i] as number])))

interface Labelled {
  readonly label: string
  readonly scores: Readonly<Record<string, number>>
}
const scored = (value: unknown): Labelled => value as Labelled

describe('answers as scikit-learn does', () => {
  test('a classifier: labels, and the scores of the classes that its file names', async () => {
    const tumours = onnx(file('tumours'), { features })
    const { values } = await predicted(tumours, records)
    expect(values.map((one) => scored(one).label)).toEqual(labels)
    values.forEach((one, i) =>
      classes.forEach((name, k) => expect(scored(one).scores[name]).toBeCloseTo(scores[i]?.[k] as number, 5)),
    )
    expect(tumours).toMatchObject({ name: 'tumours', fingerprint: expect.stringMatching(/^sha256:/) })
  })

  test('a classifier whose classes are numbers', async () => {
    const said = (await predicted(onnx(file('iris')), reference.iris.rows)).values.map(scored)
    expect(said.map(({ label }) => label)).toEqual(reference.iris.labels)
    expect(Object.keys(said[0]?.scores ?? {})).toEqual(['5', '6', '7'])
    const named = await predicted(
      onnx(file('iris'), { labels: ['setosa', 'versicolor', 'virginica'] }),
      reference.iris.rows,
    )
    expect(scored(named.values[0]).label).toBe('setosa')
  })

  test('a regressor: numbers', async () => {
    const { values } = await predicted(onnx(file('diabetes')), reference.diabetes.rows)
    values.forEach((value, i) => expect(value).toBeCloseTo(reference.diabetes.values[i] as number, 2))
  })

  test('in batches of any size, and one by one where it is timed', async () => {
    const whole = (await predicted(onnx(file('tumours'), { features }), records)).values
    const parts = (await predicted(onnx(file('tumours'), { features, batch: 3 }), records)).values
    const timed = await onnx(file('tumours'), { features }).predict(records, { timed: true })
    whole.forEach((one, i) => {
      expect(scored(parts[i]).label).toBe(scored(one).label)
      expect(timed[i]).toMatchObject({ value: { label: scored(one).label }, latency: expect.any(Number) })
    })
  })
})

describe('what is asked and answered can be said', () => {
  test('one output, a function of all, and the input', async () => {
    const half = records.slice(0, 2)
    const asked = async (options: OnnxOptions) => (await predicted(onnx(file('tumours'), options), half)).values
    expect(await asked({ features, output: 'label' })).toEqual(labels.slice(0, 2))
    expect(await asked({ features, output: ({ label }: { label: string }) => ({ said: label }) })).toEqual(
      labels.slice(0, 2).map((said) => ({ said })),
    )
    const input = (record: Record<string, number>) => ({
      X: Float32Array.from(features, (name) => record[name] as number),
    })
    expect(await asked({ input, output: 'label' })).toEqual(labels.slice(0, 2))
    expect(
      await asked({ input: (one: object) => ({ X: { data: Object.values(one), dims: [30] } }), output: 'label' }),
    ).toEqual(labels.slice(0, 2))
  })

  test('fields are found by the names that skl2onnx makes of those of columns', async () => {
    const types = onnx(file('types'), { output: 'same' })
    const asked = [
      { text: 'a', small: 1, 'sma ll': 2 },
      { text: 'b', sm_all: 1 },
    ]
    expect((await predicted(types, asked)).errors.get(1)).toContain('has no field "small"')
    const squares = onnx(file('square'), {})
    expect((await predicted(squares, [{ 'x (m)': 3 }, { 'x (m)': 1, 'x [m]': 2 }])).values).toEqual([9, undefined])
  })

  test('logits become shares; a model of two cases at once answers three', async () => {
    const { values } = await predicted(onnx(file('logits'), { labels: ['up', 'down'], softmax: true }), [1, -2, 0.5])
    expect(values.map((one) => scored(one).label)).toEqual(['up', 'down', 'up'])
    const share = 1 / (1 + Math.exp(-2))
    expect(scored(values[0]).scores.up).toBeCloseTo(share, 6)
  })

  test('sequences of any length, whole numbers, booleans and texts keep their types', async () => {
    const tokens = onnx(file('tokens'), {
      output: ({ sum, flags }: { sum: number; flags: boolean[] }) => ({ sum, flags }),
    })
    const { values } = await predicted(tokens, [[1, 2], [0, 3], [4], [9, 9, 9]])
    expect(values).toEqual([
      { sum: 5, flags: [true, true] },
      { sum: 9, flags: [false, true] },
      { sum: 16, flags: true },
      { sum: 243, flags: [true, true, true] },
    ])
    const types = onnx(file('types'), { output: (said: unknown) => said })
    expect((await predicted(types, [{ text: 'ü', small: '-128' }])).values).toEqual([{ same: 'ü', number: -128 }])
  })
})

test('a model without an output is told so', async () => {
  await expect(predicted(onnx(file('silent')), [{ x: 1 }])).rejects.toThrow(/the model has no output/)
})

describe('an input that the model cannot take is an error of that input', () => {
  const [first = {}] = records
  test.each<[string, string, OnnxOptions, unknown, RegExp]>([
    [
      'a field is missing',
      'tumours',
      { features },
      { ...first, 'mean radius': undefined },
      /^has no field "mean radius", which the model reads$/,
    ],
    [
      'a field is spelled otherwise',
      'tumours',
      { features },
      Object.fromEntries(
        Object.entries(first).map(([name, value]) => [name.replace('mean radius', 'mean_radius'), value]),
      ),
      /is it "mean_radius"\?/,
    ],
    [
      'a text is no number',
      'tumours',
      { features },
      { ...first, 'mean radius': 'wide' },
      /^has a string as "mean radius", which takes float32$/,
    ],
    [
      'a number is too large',
      'tumours',
      { features },
      { ...first, 'mean radius': 1e300 },
      /1e\+300, which is too large, as "mean radius"/,
    ],
    ['a list is too short', 'tumours', {}, [1, 2, 3], /^has 3 values as "X", which takes 30 numbers$/],
    ['a list is ragged', 'tokens', { output: 'sum' }, [[1, 2], [3]], /^has lists of different lengths as "ids"$/],
    [
      'a list has a level too many',
      'tokens',
      { output: 'sum' },
      [[1], [2]],
      /^has 2 x 1 values as "ids", which takes any numbers$/,
    ],
    ['a number is not whole', 'tokens', { output: 'sum' }, [1.5], /^has 1.5 as "ids", which takes int64$/],
    [
      'a number is out of range',
      'types',
      { output: 'same' },
      { text: 'a', small: 128 },
      /^has 128, which is out of range, as "small", which takes int8$/,
    ],
    [
      'a text is missing',
      'types',
      { output: 'same' },
      { text: null, small: 1 },
      /^has no value as "text", which takes string$/,
    ],
    [
      'a number is no text',
      'types',
      { output: 'same' },
      { text: 3, small: 1 },
      /^has 3 as "text", which takes string$/,
    ],
    ['the model fails at it', 'tokens', { output: 'sum' }, [10], /^failed: .*out of data bounds/],
    ['the model answers no number', 'inverse', {}, 0, /^answered Infinity$/],
    [
      'input() throws',
      'inverse',
      {
        input: () => {
          throw new Error('no words')
        },
      },
      'x',
      /^was not asked: input\(\) threw no words$/,
    ],
    [
      'output() throws',
      'inverse',
      {
        output: () => {
          throw new Error('no')
        },
      },
      1,
      /^answered what output\(\) cannot read: no$/,
    ],
  ])('%s', async (_, name, options, input, message) => {
    const good =
      name === 'tumours'
        ? options.features
          ? first
          : rows[0]
        : name === 'tokens'
          ? [1]
          : name === 'types'
            ? { text: 'a', small: 1 }
            : 2
    const { errors, values } = await predicted(onnx(file(name), options), [good, input, good])
    expect(errors.get(1)).toMatch(message)
    if (!/\(\) throws/.test(_)) expect([values[0] === undefined, values[2] === undefined]).toEqual([false, false])
  })

  test('a missing number is NaN, an empty cell too, and cells that write numbers are read', async () => {
    const inverse = onnx(file('inverse'))
    const { values, errors } = await predicted(inverse, ['4', null, ''])
    expect(values[0]).toBe(0.25)
    expect([errors.get(1), errors.get(2)]).toEqual(
      Array.from({ length: 2 }, () => 'answered NaN, and was given no value of "x"'),
    )
  })
})

describe('names that the model does not have are told with those that it has', () => {
  test.each<[string, string, OnnxOptions, unknown, RegExp]>([
    [
      'a record without features',
      'tumours',
      {},
      records[0],
      /takes 30 numbers as "X", and was given a record\n +hint: name its fields/,
    ],
    ['too few features', 'tumours', { features: ['a'] }, records[0], /"X" takes 30 numbers, and features names 1/],
    [
      'another input',
      'tumours',
      { features: { Y: ['a'] } },
      records[0],
      /no input "Y"\n +hint: its inputs are "X"|no input "Y"\n +hint: did you mean "X"/,
    ],
    [
      'one list for two inputs',
      'types',
      { features: ['a'] },
      {},
      /has the inputs "text", "small", and features is one list/,
    ],
    [
      'a list for two inputs',
      'types',
      { output: 'same' },
      [1, 2],
      /has the inputs "text", "small", and was given a list/,
    ],
    [
      'another output',
      'tumours',
      { features, output: 'labels' },
      records[0],
      /no output "labels"\n +hint: did you mean "label"/,
    ],
    [
      'outputs to choose from',
      'types',
      {},
      { text: 'a', small: 1 },
      /the outputs "same", "number"\n +hint: the option output names the one that answers: "same" or "number"; or it is a function/,
    ],
    [
      'three outputs to choose from',
      'three',
      {},
      [1, 2, 3],
      /the outputs "label", "embedding", "probabilities"\n +hint: .* answers: "label", "embedding" or "probabilities"; or/,
    ],
    [
      'an output that is no tensor',
      'zipmap',
      { features, output: 'output_probability' },
      records[0],
      /"output_probability" is no tensor.*\n +hint: .*zipmap/,
    ],
    ['scores that are no tensor', 'zipmap', { features, labels: ['benign', 'malignant'] }, records[0], /is no tensor/],
    [
      'too few labels',
      'tumours',
      { features, labels: ['benign'] },
      records[0],
      /answered the label "malignant"|scores 2 classes, and labels names 1/,
    ],
    [
      'labels in another order than the file has them',
      'tumours',
      { features, labels: ['malignant', 'benign'] },
      records[0],
      /labels names "malignant", "benign", and the file "benign", "malignant"\n +hint: .*leave labels out/,
    ],
    [
      'labels of another model',
      'tumours',
      { features, labels: ['yes', 'no'] },
      records[0],
      /answered the label "(malignant|benign)"\n +hint: labels names "yes", "no"/,
    ],
    [
      'a class without a label',
      'iris',
      { labels: ['a', 'b'] },
      reference.iris.rows.at(-1),
      /scores 3 classes, and labels names 2|answered the class 7/,
    ],
  ])('%s', async (_, name, options, input, message) => {
    await expect(onnx(file(name), options).predict([input])).rejects.toThrow(message)
  })

  test.each<[string, () => unknown, RegExp]>([
    ['a file that is not there', () => onnx('nowhere.onnx'), /"nowhere.onnx" cannot be read: ENOENT/],
    ['an option', () => onnx(file('iris'), { label: [] } as never), /did you mean labels\?/],
    [
      'labels that are there twice',
      () => onnx(file('iris'), { labels: ['a', 'a'] }),
      /labels that are no different names/,
    ],
    ['features', () => onnx(file('iris'), { features: [1] as never }), /features that are no different names/],
    ['an output', () => onnx(file('iris'), { output: 3 as never }), /a number as output/],
    ['a batch', () => onnx(file('iris'), { batch: 0 }), /batch: 0/],
    ['no file', () => onnx(undefined as never), /undefined as file/],
  ])('%s is told at once', (_, make, message) => {
    expect(make).toThrow(message)
  })

  test('a file that is no model is told when it is asked', async () => {
    const cwd = await folderWith({ 'broken.onnx': 'not a model' })
    await expect(onnx(path.join(cwd, 'broken.onnx')).predict([1])).rejects.toThrow(/"[^"]*broken.onnx" cannot be run: /)
  })
})

test('its fingerprint is that of its bytes, wherever the file lies', async () => {
  const cwd = await folderWith({ 'other.txt': '' })
  copyFileSync(file('iris'), path.join(cwd, 'copy.onnx'))
  expect(onnx(path.join(cwd, 'copy.onnx')).fingerprint).toBe(onnx(file('iris')).fingerprint)
  expect(onnx(file('diabetes')).fingerprint).not.toBe(onnx(file('iris')).fingerprint)
})

test('its answers are scored, compared and held to limits as those of any model', async () => {
  const on = labelled(
    records.map((record, i) => ({ ...record, diagnosis: labels[i] })),
    { expected: 'diagnosis' },
  )
  const tumours = onnx(file('tumours'), { features, name: 'tumours@1' })
  await expect(tumours).toScore({ accuracy: { min: 1 }, rocAuc: { min: 0.99 } }, on, { positive: 'malignant' })
  await expect(tumours).toAgreeWith(onnx(file('tumours'), { features, batch: 1 }), { on: records })
})
