import { execFileSync } from 'node:child_process'
import { exec, labelled, perturb } from 'assay'
import { describe, expect, test } from 'vitest'

const file = new URL('predict.py', import.meta.url).pathname
const python = process.env.PYTHON ?? 'python3'

function rowsOf(): Record<string, number | string>[] {
  try {
    const text = execFileSync(python, [file, 'rows'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, number | string>)
  } catch (error) {
    console.log(`skipped: ${python} cannot run predict.py (pip install scikit-learn): ${String(error).split('\n')[0]}`)
    return []
  }
}
const rows = rowsOf()
const tumours = (kind: string) => exec([python, file, kind], { name: `tumours@${kind}`, timeout: 120_000 })
const linear = tumours('linear')
const forest = tumours('forest')

describe.skipIf(rows.length === 0)('a process of Python', () => {
  const on = rows.length === 0 ? [] : labelled(rows, { expected: 'label', name: 'tumours' })
  const over = on.map(({ input }) => input)

  test.for([linear, forest])('$name is right about tumours it has not seen', async (model) => {
    await expect(model).toScore(
      { accuracy: { min: 0.93 }, recall: { min: 0.9 }, rocAuc: { min: 0.98 }, ece: { max: 0.06 } },
      on,
      { positive: 'malignant' },
    )
    await expect(model).toBeatBaseline('majority', { on })
  })

  test.for([linear, forest])('$name does not mind small errors of measurement, rounding and order', async (model) => {
    await expect(model).toBeInvariantTo(perturb.jitter('mean_radius', { by: 0.01, relative: true }), {
      over,
      passRate: { min: 0.98 },
    })
    await expect(model).toBeInvariantTo(perturb.rounded('mean_texture', 1), { over, passRate: { min: 0.98 } })
    await expect(model).toBeInvariantTo(perturb.fieldOrder(), { over: over.slice(0, 20) })
  })

  test('the linear model finds larger tumours no less malignant', async () => {
    await expect(linear).toBeMonotonicIn('worst_radius', {
      over: over.slice(0, 20),
      increasing: true,
      score: 'malignant',
    })
  })

  test('a real weakness: the forest does not', async () => {
    await expect(forest).not.toBeMonotonicIn('worst_radius', {
      over: over.slice(0, 20),
      increasing: true,
      score: 'malignant',
    })
  })

  test('the forest is no better than the linear model, and they agree', async () => {
    await expect(linear).toBeNoWorseThan(forest, { on, margin: 0.02 })
    await expect(forest).toAgreeWith(linear, { on: over, passRate: { min: 0.93 } })
  })
})
