import { execFileSync } from 'node:child_process'
import { exec, labelled, perturb } from 'assay'
import { expect, test } from 'vitest'

const here = new URL('.', import.meta.url).pathname
const python = process.env.PYTHON ?? 'python3'
const tumours = exec([python, `${here}predict.py`], { name: 'tumours@1', timeout: 120_000 })
const rows = execFileSync(python, [`${here}predict.py`, 'rows'], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Record<string, number | string>)
const on = labelled(rows, { expected: 'label', name: 'tumours' })
const over = on.map(({ input }) => input)

test('is right about tumours it has not seen', async () => {
  await expect(tumours).toScore(
    { accuracy: { min: 0.95 }, recall: { min: 0.9 }, rocAuc: { min: 0.98 }, ece: { max: 0.05 } },
    on,
    { positive: 'malignant' },
  )
  await expect(tumours).toBeatBaseline('majority', { on })
})

test('does not mind small errors of measurement, rounding and the order of fields', async () => {
  await expect(tumours).toBeInvariantTo(perturb.jitter('mean_radius', { by: 0.01, relative: true }), {
    over,
    passRate: { min: 0.98 },
  })
  await expect(tumours).toBeInvariantTo(perturb.rounded('mean_texture', 1), { over, passRate: { min: 0.98 } })
  await expect(tumours).toBeInvariantTo(perturb.fieldOrder(), { over: over.slice(0, 20) })
})

test('finds larger tumours no less malignant', async () => {
  await expect(tumours).toBeMonotonicIn('worst_radius', {
    over: over.slice(0, 20),
    increasing: true,
    score: 'malignant',
  })
})
