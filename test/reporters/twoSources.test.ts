import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { failureMessage } from '../../matchers/message.ts'
import { annotations } from '../../reporters/github.ts'
import { html, markdown, terminal } from '../../reporters/index.ts'
import { evaluate, hasColumn, meanBetween, uniqueKey, valuesBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import { compareRuns } from '../../src/results/compareRuns.ts'
import { runDocument } from '../../src/results/collect.ts'
import { historyOf } from '../../src/results/history.ts'
import { json, parse } from '../../src/results/json.ts'
import { namedIn, namingOf, renamed } from '../../src/results/names.ts'
import { withSince } from '../../src/results/since.ts'
import { withWaivers } from '../../src/results/withWaivers.ts'
import type { CheckResult, RunDocument } from '../../src/results/index.ts'
import { subjectText } from '../../src/words/sentence.ts'
import { folderWith } from '../helpers/files.ts'
import { generate } from '../helpers/runDocument.ts'

/** Two files of one name, of which each check fails, by another measure. */
const texts = {
  'p/orders.csv': `id,amount\n${Array.from({ length: 60 }, (_, i) => `${i},-1`).join('\n')}\n1,-1\n`,
  'q/orders.csv': `id,amount\n${Array.from({ length: 60 }, (_, i) => `${i},-${i}`).join('\n')}\n2,-2\n2,-2\n`,
}
let results: readonly CheckResult[]
let run: RunDocument
let sources: readonly [string, string]

const asked = (folder: string) =>
  Object.keys(texts).flatMap((name) => {
    const data = dataset(path.join(folder, name))
    const amount = data.column('amount')
    return [
      valuesBetween(amount, { min: 0 }),
      meanBetween(amount, { min: 0 }),
      uniqueKey(data, ['id']),
      hasColumn(data, 'price'),
      noDriftFrom(data, dataset(path.join(folder, name === 'p/orders.csv' ? 'q/orders.csv' : 'p/orders.csv'))),
    ]
  })

const documentOf = (all: readonly CheckResult[], at = '2026-11-26T01:00:00.000Z'): RunDocument => {
  const { schema: _, models: __, queries: ___, ...rest } = generate(0)
  return runDocument({ ...rest, at, datasets: [], results: all })
}

beforeAll(async () => {
  const folder = await folderWith(texts)
  results = (await evaluate(asked(folder))).map((result) => ({
    ...result,
    where: { file: 'orders.test.ts', test: 'orders', line: 3 },
  }))
  run = documentOf(results)
  sources = [...new Set(results.map(({ subject }) => subject.source))] as unknown as [string, string]
})

const failing = (): readonly CheckResult[] => results.filter(({ status }) => status === 'fail')

test('each check of one is another question than that of the other, by its id and by its trend', () => {
  expect(sources).toHaveLength(2)
  const [ids, trends] = [results.map(({ id }) => id), results.map(({ trend }) => trend)]
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(trends).size).toBe(trends.length)
  const groups = new Set(results.flatMap(({ group, subject }) => (group ? [`${group.id} ${subject.source}`] : [])))
  expect(new Set([...groups].map((text) => text.split(' ')[0])).size).toBe(2)
})

/** What somebody reads, of the run or of one assertion. */
const outputs: Readonly<Record<string, () => string>> = {
  page: () => html(run),
  markdown: () => markdown(run),
  terminal: () => terminal(run, { color: false, most: 40, width: 400 }),
  annotations: () => annotations(run, { root: '/', workspace: '/', failuresShown: false }).join('\n'),
  document: () => json(run),
  'a document that was read': () => JSON.stringify(parse(json(run)).results),
  message: () => failureMessage('expect(orders)', renamed(results, namingOf(namedIn(results)))),
  diff: () =>
    compareRuns(documentOf([]), run)
      .newlyFailing.map(({ after }) => subjectText(after as CheckResult))
      .join('\n'),
}

test.for(Object.keys(outputs))('%s calls each by its source', (name) => {
  const text = (outputs[name] as () => string)()
  for (const source of sources) expect(text).toMatch(new RegExp(`orders<?[^<]{0,9} \\(${escaped(source)}\\)`))
  // Never by the name alone, which both have.
  expect(text.replace(/"name": ?"orders"/g, '')).not.toMatch(/(?<![/\w])orders(?:\.amount)?(?= (?:values|mean|unique))/)
})

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

test('a waiver of one accepts the other nowhere', () => {
  for (const waived of failing()) {
    const waiver = { check: waived.id, owner: 'dana', reason: 'known', until: '2996-12-31' }
    const accepted = withWaivers(results, [waiver], new Date()).filter(({ status }) => status === 'accepted')
    expect(accepted.map(({ subject }) => subject.source)).toEqual([waived.subject.source])
  }
})

test('a history tells each what it measured itself', () => {
  const history = historyOf([run])
  for (const result of results.filter(({ value }) => value !== undefined))
    expect(history.of(result).map(({ value }) => value)).toEqual([result.value])
})

test('since when one fails is not since when the other does', () => {
  const [first] = sources
  const before = withSince(documentOf(results.filter(({ subject }) => subject.source === first)))
  const now = withSince(documentOf(results, '2026-11-27T01:00:00.000Z'), before)
  for (const { id, subject } of failing()) expect(now.since?.[id]?.runs).toBe(subject.source === first ? 2 : 1)
})

test('what becomes of one is compared with what it was itself', () => {
  const [first] = sources
  const fixed = results.map((result) =>
    result.subject.source === first ? { ...result, status: 'pass' as const, blocking: false } : result,
  )
  const { fixed: better, stillFailing } = compareRuns(run, documentOf(fixed))
  expect(new Set(better.map(({ after }) => after?.subject.source))).toEqual(new Set([first]))
  expect(new Set(stillFailing.map(({ after }) => after?.subject.source))).toEqual(new Set([sources[1]]))
})
