import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { LLMock } from '@copilotkit/aimock'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { labelled } from '../../src/behavior/labelled.ts'
import { chat } from '../../src/models/chat.ts'
import { mlflow } from '../../src/models/http.ts'
import { setTimeout } from '../../src/realTimers.ts'
import { folderWith } from '../helpers/files.ts'
import { predicted } from '../helpers/predicted.ts'

describe('a server of OpenAI’s chat form that others wrote', () => {
  const mock = new LLMock({ port: 0 })
  beforeAll(async () => {
    mock.onMessage(/refund|broken/, { content: ' support\n' })
    mock.onMessage('busy', { error: { message: 'Rate limited', type: 'rate_limit_error' }, status: 429 })
    mock.onMessage('wrong', { error: { message: 'No such model', type: 'invalid_request_error' }, status: 404 })
    mock.onMessage(/.*/, { content: 'sales' })
    await mock.start()
  })
  afterAll(() => mock.stop())

  test('answers with a text and the tokens it took, and its errors are those of their inputs', async () => {
    const desk = chat(`${mock.url}/v1`, {
      model: 'small-1',
      key: 'k',
      system: 'Answer sales or support.',
      retries: 1,
      backoff: 1,
      labels: ['sales', 'support'],
    })
    const { values, errors } = await predicted(desk, ['I want a refund', 'Norway?', 'busy', 'wrong'])
    expect(values.slice(0, 2)).toEqual(['support', 'sales'])
    expect(errors.get(2)).toMatch(/^answered with status 429: .*Rate limited/)
    expect(errors.get(3)).toMatch(/^answered with status 404: .*No such model/)
    const [answer] = await desk.predict(['Nothing is broken'], { trial: 1 })
    expect(answer?.usage).toEqual({ inputTokens: expect.any(Number), outputTokens: expect.any(Number) })
    await expect(desk).toPassMFT([{ name: 'a', input: 'refund', expected: 'support', compare: 'equals' }])
  })
})

const python = process.env.PYTHON ?? 'python3'

/** Why there is no MLflow here; nothing where there is. */
function missing(): string | undefined {
  try {
    execFileSync(python, ['-c', 'import mlflow, sklearn, pandas'], { stdio: ['ignore', 'ignore', 'pipe'] })
    return undefined
  } catch (error) {
    return String((error as { stderr?: unknown }).stderr ?? error)
      .trim()
      .split('\n')
      .at(-1)
  }
}
const why = missing()
if (why !== undefined)
  console.log(`skipped: MLflow serves nothing here (pip install mlflow scikit-learn pandas; PYTHON=…): ${why}`)

const train = `
import json, sys
import mlflow
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
iris = load_iris(as_frame=True)
names = iris.target_names[iris.target]
model = LogisticRegression(max_iter=1000).fit(iris.data[::2], names[::2])
mlflow.sklearn.save_model(model, "model", signature=infer_signature(iris.data, model.predict(iris.data)))
rows = [{**row, "species": name, "said": said} for row, name, said in zip(iris.data[1::2].to_dict("records"), names[1::2], model.predict(iris.data[1::2]))]
json.dump(rows, sys.stdout)
`

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}

describe.skipIf(why !== undefined)('a model of scikit-learn that MLflow serves', () => {
  let served: ChildProcess
  let base: string
  let rows: Record<string, string | number>[]
  beforeAll(async () => {
    const cwd = await folderWith({ 'train.py': train })
    rows = JSON.parse(
      execFileSync(python, ['train.py'], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    ) as typeof rows
    const port = await freePort()
    base = `http://127.0.0.1:${port}`
    const beside = path.join(path.dirname(python), 'uvicorn')
    const bin = existsSync(beside) ? `${path.dirname(path.resolve(python))}${path.delimiter}` : ''
    served = spawn(
      python,
      [
        '-m',
        'mlflow',
        'models',
        'serve',
        '-m',
        'model',
        '-p',
        String(port),
        '-h',
        '127.0.0.1',
        '--env-manager',
        'local',
      ],
      { cwd, detached: true, stdio: 'ignore', env: { ...process.env, PATH: `${bin}${process.env.PATH ?? ''}` } },
    )
    for (let tried = 0; tried < 600; tried++) {
      const { ok } = await fetch(`${base}/ping`).catch(() => ({ ok: false }))
      if (ok) return
      if (served.exitCode !== null) throw new Error(`MLflow ended with exit code ${served.exitCode}`)
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  })
  afterAll(() => {
    if (served?.pid !== undefined) process.kill(-served.pid, 'SIGKILL')
  })

  test('answers records as the model does, in batches', async () => {
    const inputs = rows.map(({ species: _, said: __, ...input }) => input)
    for (const batch of [1, 7, 100]) {
      const { values } = await predicted(
        mlflow(base, { name: 'iris@1', batch }),
        batch === 1 ? inputs.slice(0, 5) : inputs,
      )
      expect(values).toEqual(rows.slice(0, values.length).map(({ said }) => said))
    }
    await expect(mlflow(base, { name: 'iris@1' })).toScore(
      { accuracy: { min: 0.9 } },
      labelled(rows, { expected: 'species', ignore: ['said'] }),
    )
  })

  test('tells why it refuses a record without a column', async () => {
    const { errors } = await predicted(mlflow(base, { name: 'iris@1', batch: 1, retries: 0 }), [
      { 'sepal length (cm)': 5 },
    ])
    expect(errors.get(0)).toMatch(/^answered with status 400: .*SCHEMA_ENFORCEMENT_FAILED/s)
  })
})
