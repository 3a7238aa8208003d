import { readFileSync } from 'node:fs'
import { labelled, onnx, perturb } from 'assay'
import { describe, expect, test } from 'vitest'

// Measured at Palmer Station, Antarctica (Gorman et al. 2014). Even rows trained the models, odd rows are for the test.
const file = new URL('../../node_modules/vega-datasets/data/penguins.json', import.meta.url)
type Penguin = Record<string, string | number | null>
const rows = (JSON.parse(readFileSync(file, 'utf8')) as Penguin[]).filter((row) =>
  Object.values(row).every((one) => one !== null),
)
const on = labelled(
  rows.filter((_, i) => i % 2 === 1),
  { expected: 'Species', name: 'penguins' },
)
const over = on.map(({ input }) => input)

const load = (version: number) =>
  onnx(new URL(`models/penguins-${version}.onnx`, import.meta.url).pathname, { name: `penguins@${version}` })
const tree = load(1)
const linear = load(2)

describe.for([
  { penguins: tree, least: 0.9 },
  { penguins: linear, least: 0.98 },
])('$penguins.name', ({ penguins, least }) => {
  test('knows penguins that it has not seen, of both sexes and all islands', async () => {
    await expect(penguins).toScore({ accuracy: { min: least }, f1: { min: least } }, on, {
      sliceBy: 'Sex',
      slices: { accuracy: { min: 0.9 } },
    })
    await expect(penguins).toScore({ accuracy: { min: least } }, on, { sliceBy: 'Island' })
    await expect(penguins).toBeatBaseline('majority', { on })
  })
  test('does not mind the order of fields, fields of others, and a scale that is one percent off', async () => {
    await expect(penguins).toBeInvariantTo(perturb.fieldOrder(), { over })
    await expect(penguins).toBeInvariantTo(perturb.extraField('Observer', 'K. Gorman'), { over })
    await expect(penguins).toBeInvariantTo(perturb.jitter('Body Mass (g)', { by: 0.01, relative: true }), {
      over,
      passRate: { min: 0.97 },
    })
  })
  test('a penguin without a measurement is an error, not a guess', async () => {
    const [first] = over as Penguin[]
    const bare = { ...first, 'Beak Depth (mm)': undefined as never }
    const [answer] = await penguins.predict([bare])
    expect(answer?.error).toContain('has no field "Beak_Depth__mm_", which the model reads')
  })
})

describe('from the tree to the linear model', () => {
  test('nothing is lost', async () => {
    await expect(linear).toBeNoWorseThan(tree, { on, margin: 0.02 })
  })
  test('what looks at all of a bird agrees nine times in ten with what looks at few measures', async () => {
    await expect(linear).toAgreeWith(tree, { on: over, passRate: { min: 0.9 } })
  })
  test('longer flippers make a Gentoo more likely', async () => {
    const of = { over: over.slice(0, 40), increasing: true, score: 'Gentoo' } as const
    await expect(linear).toBeMonotonicIn('Flipper Length (mm)', of)
  })
  test('a real weakness: the tree takes an island for a species, the linear model hardly', async () => {
    const elsewhere = perturb.attribute('Island', ['Biscoe', 'Dream', 'Torgersen'])
    await expect(tree).not.toBeInvariantTo(elsewhere, { over, passRate: { min: 0.6 } })
    await expect(linear).toBeInvariantTo(elsewhere, { over, passRate: { min: 0.95 } })
  })
})
