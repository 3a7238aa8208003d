import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { mft } from '../../src/behavior/mft.ts'
import { scored } from '../../src/behavior/kinds/scored.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { onnx } from '../../src/models/onnx/onnx.ts'
import type { OnnxOptions } from '../../src/models/onnx/onnxOptions.ts'
import { folderWith } from '../helpers/files.ts'
import { predicted } from '../helpers/predicted.ts'

const inFolder = (name: string): string => fileURLToPath(new URL(`../fixtures/onnx/${name}`, import.meta.url))

/** Classifiers that are made of others, or name their classes in no operator. */
const composed = ['voting', 'stacking', 'bagging', 'onePerClass', 'network', 'bayes', 'quadratic'] as const

/** What scikit-learn answers. */
const reference = JSON.parse(readFileSync(inFolder('expected.json'), 'utf8')) as Record<
  (typeof composed)[number],
  {
    readonly rows: readonly (readonly number[])[]
    readonly labels: readonly (string | number)[]
    readonly scores: readonly (readonly number[])[]
    readonly classes: readonly (string | number)[]
  }
>

interface Labelled {
  readonly label: string
  readonly scores: Readonly<Record<string, number>>
}

test.each(composed)('%s: each score is that of its class', async (name) => {
  const { rows, labels, scores, classes } = reference[name]
  const file = onnx(inFolder(`${name}.onnx`), name === 'quadratic' ? { output: 'probabilities' } : {})
  const values = (await predicted(file, rows)).values as unknown as readonly Labelled[]
  expect(values.map(({ label }) => label)).toEqual(labels)
  values.forEach((value, i) => {
    expect(Object.keys(value.scores).toSorted()).toEqual(classes.map(String).toSorted())
    classes.forEach((label, k) => expect(value.scores[label]).toBeCloseTo(scores[i]?.[k] as number, 4))
  })
})

describe('one number for two labels', () => {
  /** It answers the square of its input. */
  const squared = (options: OnnxOptions) => onnx(inFolder('square.onnx'), { labels: ['no', 'yes'], ...options })
  const asked = async (options: OnnxOptions, of: readonly number[]) =>
    (
      await predicted(
        squared(options),
        of.map((x) => ({ x__m_: x })),
      )
    ).values as unknown as readonly Labelled[]

  test('is the logit of the second one', async () => {
    const values = await asked({ softmax: true }, [0.5, 3])
    expect(values.map(({ label }) => label)).toEqual(['yes', 'yes'])
    expect(values[0]?.scores.yes).toBeCloseTo(1 / (1 + Math.exp(-0.25)), 6)
    expect(values[1]?.scores.no).toBeCloseTo(1 / (1 + Math.exp(9)), 9)
  })

  test('or its probability, and nothing else', async () => {
    expect((await asked({}, [0.5]))[0]).toMatchObject({ label: 'no', scores: { no: 0.75, yes: 0.25 } })
    await expect(asked({}, [0.5, 3])).rejects.toThrow(
      /one number, 9, which is no probability\n +hint: say softmax: true/,
    )
  })
})

test('softmax of classes that have no names is refused', async () => {
  const file = onnx(inFolder('logits.onnx'), { softmax: true })
  await expect(predicted(file, [1])).rejects.toThrow(/file does not name the 2 classes\n +hint: name them/)
})

test('a file that is not there says what it is', async () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n'
  const cwd = await folderWith({ 'pointer.onnx': pointer })
  await expect(predicted(onnx(path.join(cwd, 'pointer.onnx')), [1])).rejects.toThrow(
    /hint: the file is a pointer of Git LFS/,
  )
})

test.for([
  ['zipmap', Array.from({ length: 30 }, () => 1), /"output_probability" is no tensor .*: skl2onnx writes .*zipmap/],
  ['logits', 1, /answered \[1,-1\], which is no label: the file does not name the classes .* say labels/],
] as const)('%s: a score says why there are no scores of labels', async ([name, input, message]) => {
  const cases = mft([{ input, expected: 'a' }])
  const file = onnx(inFolder(`${name}.onnx`), name === 'logits' ? { output: 'logits' } : {})
  const [result] = await evaluate(scored(file, { rocAuc: { min: 0.5 } }, cases))
  expect(result?.message).toMatch(message)
})

test('NaN for a field without a value names the field', async () => {
  const { features, rows } = JSON.parse(readFileSync(inFolder('expected.json'), 'utf8')).tumours
  const record = Object.fromEntries(features.map((name: string, i: number) => [name, rows[0][i]]))
  const tumours = onnx(inFolder('tumours.onnx'), { features })
  const { errors } = await predicted(tumours, [
    record,
    { ...record, 'mean area': null },
    { ...record, 'worst area': '' },
  ])
  expect([...errors.values()]).toEqual([
    'answered NaN at scores.benign, and was given no value of "mean area"',
    'answered NaN at scores.benign, and was given no value of "worst area"',
  ])
})

test('why a file cannot be run is told without the places in the sources of the runtime', async () => {
  const cwd = await folderWith({ 'empty.onnx': '' })
  await expect(predicted(onnx(path.join(cwd, 'empty.onnx')), [1])).rejects.toThrow(
    /empty.onnx failed:ModelProto does not have a graph\./,
  )
})
