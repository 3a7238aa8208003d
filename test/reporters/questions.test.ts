import { describe, expect, test } from 'vitest'
import { failureMessage } from '../../matchers/message.ts'
import { html, markdown } from '../../reporters/index.ts'
import { evaluate, noMissing, valuesBetween } from '../../src/checks/index.ts'
import { matchesSchema } from '../../src/contracts/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import type { CheckResult } from '../../src/results/index.ts'
import { document } from '../helpers/runDocument.ts'

const rows = Array.from({ length: 600 }, (_, i) => ({
  id: i,
  amount: i % 10 === 0 ? -1 : i % 97,
  channel: ['web', 'fax', '<b>'][i % 3] as string,
}))
const orders = dataset(rows, { name: 'orders' })
const before = dataset(
  rows.map((row) => ({ ...row, amount: row.amount / 3, channel: 'web' })),
  { name: 'before' },
)
const schema = {
  properties: { id: { type: 'integer' }, amount: { type: 'number', minimum: 0 }, channel: { const: 'web' } },
}

const at = (line: number, results: readonly CheckResult[]): readonly CheckResult[] =>
  results.map((result) => ({ ...result, where: { file: 'orders.test.ts', test: 'orders', line } }))

/** What is asked as one and judged in parts, of which several fail. */
const asked = {
  'a schema': {
    check: () => matchesSchema(orders, schema),
    line: /^orders rows that hold to the schema 2 of \d+ checks fail/,
  },
  'drift of all columns': {
    check: () => noDriftFrom(orders, before),
    line: /^orders no drift from before 2 of 3 checks/,
  },
  'a check of each segment': {
    check: () => valuesBetween(orders.column('amount'), { min: 0 }, { segmentBy: 'channel' }),
    line: /^orders\.amount values at least 0, by channel all 3 checks fail/,
  },
}

const plain = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, '')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim()

/** Findings of the page: those that are questions with how many findings are inside of them. */
function findings(page: string): readonly { readonly line: string; readonly depth: number; readonly open: boolean }[] {
  let depth = 0
  const opened: boolean[] = []
  return [...page.matchAll(/<details class="(finding)?[^>]*?( open)?><summary>(.*?)<\/summary>|<\/details>/gs)].flatMap(
    ([, finding, open, line]) => {
      if (line === undefined) {
        if (opened.pop()) depth--
        return []
      }
      opened.push(finding !== undefined)
      if (finding === undefined) return []
      return [{ line: plain(line), depth: depth++, open: open !== undefined }]
    },
  )
}

describe.for(Object.entries(asked))('%s', ([, { check, line }]) => {
  test('is one line of the page with its counts, which opens to its members', async () => {
    const others = at(9, await evaluate(noMissing(orders.column('id')))).map((one) => ({
      ...one,
      status: 'fail' as const,
    }))
    const all = findings(html(document([...others, ...at(2, await evaluate(check()))])))
    const top = all.filter(({ depth }) => depth === 0)
    expect(top).toHaveLength(2)
    const question = top.find(({ line: said }) => line.test(said.replace(/^\w+ /, '')))
    expect(question?.open).toBe(false)
    expect(all.filter(({ depth }) => depth === 1).length).toBeGreaterThan(1)
    expect(all.every(({ depth }) => depth < 2)).toBe(true)
  })

  test('is one row in Markdown, under which its members unfold', async () => {
    const results = at(2, await evaluate(check()))
    const failing = results.filter(({ status }) => status === 'fail').length
    const text = markdown(document(results))
    const [table = '', folded = ''] = text.slice(text.indexOf('#### Needs attention')).split('\n<details>', 2)
    expect(table.match(/^\| ✗/gm)).toHaveLength(1)
    expect(table).toContain(`all ${results.length} checks pass | ${failing} do not |`)
    expect(folded.slice(0, folded.indexOf('</details>')).match(/^\| ✗/gm)).toHaveLength(failing)
    expect(text).not.toContain('<b>')
  })

  test('has one line with its counts over its members in the message', async () => {
    const results = await evaluate(check())
    const message = failureMessage('expect(orders)', results)
    const failing = results.filter(({ status }) => status === 'fail').length
    const counts =
      failing === results.length ? `all ${failing} checks fail` : `${failing} of ${results.length} checks fail`
    expect(message.split('\n\n')[1]).toMatch(new RegExp(`^✗ orders.*\\(${counts}`))
    expect(message.match(/ {2}expected /g)).toHaveLength(failing)
    expect(message).not.toContain('of this assertion')
  })
})

test('the only line of the page is open', async () => {
  const [first] = findings(html(document(at(2, await evaluate(matchesSchema(orders, schema))))))
  expect(first?.open).toBe(true)
})

test('one question that was asked in two places is one line of the page, whose findings name both, and two rows in Markdown', async () => {
  const results = await evaluate(matchesSchema(orders, schema))
  const run = document([...at(2, results), ...at(7, results)])
  const page = html(run)
  expect(findings(page).filter(({ depth }) => depth === 0)).toHaveLength(1)
  expect(page.match(/The same rows break 1 other check/g)).toHaveLength(2)
  expect(markdown(run).match(/all \d+ checks pass/g)).toHaveLength(2)
})

test('a question of which one part fails is that part', async () => {
  const results = at(
    2,
    await evaluate(matchesSchema(orders, { properties: { amount: { minimum: 0 }, id: { minimum: 0 } } })),
  )
  expect(results.length).toBeGreaterThan(1)
  expect(findings(html(document(results)))).toMatchObject([
    { line: expect.stringContaining('values at least 0'), depth: 0 },
  ])
  expect(markdown(document(results))).not.toContain('<details>')
})

test('many parts are drawn as far as the page holds them, and the rest is counted', async () => {
  const wide = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`c${i}`, i % 2 ? 1 : 'x']))
  const data = dataset([wide, { ...wide }], { name: 'wide' })
  const properties = Object.fromEntries(Object.keys(wide).map((name) => [name, { type: 'boolean' }]))
  const page = html(document(at(2, await evaluate(matchesSchema(data, { properties })))))
  expect(findings(page).filter(({ depth }) => depth === 1)).toHaveLength(40)
  expect(plain(page)).toContain('and 20 more, in the table of checks')
})
