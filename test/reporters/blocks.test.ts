import { expect, test } from 'vitest'
import { plain } from '../../reporters/blocks/plain.ts'
import { render } from '../../reporters/html/render.ts'
import { markdown } from '../../reporters/markdown.ts'
import { terminal } from '../../reporters/terminal.ts'
import { type Block, type BlockKind, discreetBlock } from '../../src/results/blocks/index.ts'
import * as blockKinds from '../../src/results/blocks/kinds.ts'
import { withoutPersonal } from '../../src/results/discreetRun.ts'
import { decodeResult, encodeResult, RESULT_CAP } from '../../src/results/transport.ts'
import { resultBlock } from '../../src/words/resultBlock.ts'
import type { BlockCase } from '../helpers/blockCase.ts'
import { executable } from '../helpers/executable.ts'
import { nasty } from '../helpers/run/nasty.ts'
import { document, result } from '../helpers/runDocument.ts'

const secret = 'canary-7391826'

/** A file of `test/fixtures/blocks` for each kind. */
const files = import.meta.glob('../fixtures/blocks/*.ts', { eager: true, import: 'default' })
const cases = Object.fromEntries(
  Object.entries(files).map(([file, one]) => [file.replace(/^.*\/|\.ts$/g, ''), one]),
) as { readonly [K in BlockKind]: BlockCase<K> }
const kinds = Object.keys(blockKinds) as readonly BlockKind[]
const blockOfKind = (kind: BlockKind, text: string): Block => cases[kind].block(text)
const failing = { status: 'fail', blocking: true } as const

test('every kind of block has a file of cases', () => {
  expect(Object.keys(cases).sort()).toEqual([...kinds].sort())
})

test.for(kinds)('%s tells no value of a personal column, whether it says whose values it tells or not', (kind) => {
  const block = blockOfKind(kind, secret)
  const told = [
    block,
    { ...block, of: kind === 'rows' ? [[], ['mail']] : ['mail'] } as Block,
    { ...block, of: kind === 'rows' ? [[], 'any'] : 'any' } as Block,
  ]
  for (const one of told) {
    const hidden = JSON.stringify(discreetBlock(one, new Set(['mail']), ['mail']) ?? null)
    expect(hidden).not.toMatch(/canary|739182/)
  }
  expect(discreetBlock(block, new Set(), ['mail'])).toEqual(block)
  expect(discreetBlock(block, new Set(['other']), ['mail'])).toEqual(block)
})

test('an effect of drift stays, and what moved of a personal column does not', () => {
  const effect: Block = { ...cases.number.block(secret), value: 0.4, of: [], noteOf: ['mail'] }
  expect(discreetBlock(effect, new Set(['mail']), ['mail'])).toEqual({ ...effect, note: undefined })
  expect(discreetBlock(effect, new Set(['other']), ['mail'])).toEqual(effect)
})

test.for(kinds)('%s in a run is told without values of columns that turn out to be personal elsewhere', (kind) => {
  const told = result({
    ...failing,
    subject: { type: 'dataset', name: 'people', column: 'mail' },
    lineage: { datasets: [{ name: 'people', source: 'people.csv' }] },
    evidence: [blockOfKind(kind, secret)],
  })
  const { results } = withoutPersonal(
    { results: [decodeResult(encodeResult(told))], datasets: [], problems: [], notes: [] },
    [{ name: 'people', source: 'people.csv', columns: ['mail'] }],
  )
  expect(JSON.stringify(results[0]?.evidence)).not.toMatch(/canary|739182/)
})

test.for(kinds)('%s with long texts is cut to what a result may take, and its core is kept', (kind) => {
  const large = blockOfKind(kind, 'x'.repeat(200_000))
  const text = encodeResult(result({ ...failing, evidence: [large] }))
  expect(text.length).toBeLessThanOrEqual(RESULT_CAP)
  expect(decodeResult(text).evidence.map((one) => one.kind)).toEqual([kind])
})

test('rates of more parts than a result may take are left out, and the result says so', () => {
  const rates = cases.rates.block('x')
  const parts = Array.from({ length: 2000 }, (_, i) => ({ ...rates.parts[0], name: `part ${i}` }) as never)
  const text = encodeResult(result({ ...failing, evidence: [{ ...rates, parts }] }))
  expect(text.length).toBeLessThanOrEqual(RESULT_CAP)
  expect(decodeResult(text).message).toContain('too large to report')
})

test.for(kinds)('%s is drawn on the page, in Markdown and in the message', (kind) => {
  const told = result({ ...failing, evidence: [blockOfKind(kind, 'plain')] })
  const run = document([told])
  expect(render(run)).toMatch(cases[kind].html)
  const { markdown: inMarkdown, message } = cases[kind]
  if (inMarkdown) expect(markdown(run)).toMatch(inMarkdown)
  if (message) expect(resultBlock(told)).toMatch(message)
})

test.for(kinds)('hostile text in %s does no harm in any output', (kind) => {
  for (const text of nasty) {
    const told = result({ ...failing, evidence: [blockOfKind(kind, text)] })
    const run = document([told])
    const page = render(run)
    expect(executable(page)).toEqual(['<script>'])
    for (const output of [page, markdown(run), terminal(run, { color: false }), resultBlock(told)])
      expect(output).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    expect(
      resultBlock(told)
        .split('\n')
        .every((line) => !/^\s*::/.test(line)),
    ).toBe(true)
  }
})

test('a kind without a drawing of its own is shown as its text, which does no harm', () => {
  const block = cases.slices.block('<img src=x onerror=alert(1)>')
  expect(String(plain.html?.(block, result(), 100))).toMatch(/^<pre tabindex="0"> {2}country .*▸ &lt;img src=x/s)
  expect(plain.markdown?.(block, (text) => `[${text}]`, result())).toMatch(/^- \[▸ <img .*\]$/m)
})

test('blocks without anything in them draw nothing', () => {
  const empty: readonly Block[] = [
    { kind: 'matrix', down: 'a', across: 'b', rows: [], columns: [], counts: [] },
    { kind: 'curve', x: 'a', y: 'b', points: [] },
    { kind: 'trace', steps: [] },
    { kind: 'slices', score: 'a', better: 'higher', slices: [], total: 0 },
    { kind: 'examples', examples: [], total: 0 },
    {
      kind: 'changes',
      before: 'a',
      after: 'b',
      cases: 0,
      broke: { total: 0, examples: [] },
      fixed: { total: 0, examples: [] },
      parts: [],
    },
    { kind: 'calls', calls: 0, errors: 0, latency: [] },
    { kind: 'rows', columns: ['a'], rows: [], marked: [0], total: 0 },
    { kind: 'distributions', type: 'histogram', edges: [], current: [] },
  ]
  const told = result({ ...failing, evidence: empty })
  expect(resultBlock(told)).not.toMatch(/\n\n/)
  expect(render(document([told])).replace(/<script>.*<\/script>/s, '')).not.toMatch(/NaN|Infinity/)
})

test('a kind of block that another release wrote is passed over', () => {
  const told = result({ ...failing, evidence: [{ kind: 'hologram' } as never] })
  expect(render(document([told]))).toContain(told.title.slice(0, 6))
  expect(resultBlock(told)).toContain('expected')
})
