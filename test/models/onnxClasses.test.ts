import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { onnx } from '../../src/models/onnx/onnx.ts'
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
