import { expect, test } from 'vitest'
import { render } from '../../reporters/html/render.ts'
import { markdown } from '../../reporters/markdown.ts'
import { terminal } from '../../reporters/terminal.ts'
import { type Block, type BlockKind, discreetBlock } from '../../src/results/blocks/index.ts'
import { withoutPersonal } from '../../src/results/discreet.ts'
import { decodeResult, encodeResult, RESULT_CAP } from '../../src/results/transport.ts'
import { resultBlock } from '../../src/words/resultBlock.ts'
import { executable } from '../helpers/executable.ts'
import { nasty } from '../helpers/run/nasty.ts'
import { document, result } from '../helpers/runDocument.ts'

const secret = 'canary-7391826'
const value = 7391826

/** A block of each kind that tells a value wherever a block can. */
const blocks = (text: string): { readonly [K in BlockKind]: Extract<Block, { kind: K }> } => ({
  rows: {
    kind: 'rows',
    columns: ['id', 'mail'],
    rows: [
      ['1', text],
      ['2', null],
    ],
    rowNumbers: [1, 2],
    marked: [1],
    total: 9,
    values: [{ cells: [text], count: 8 }],
    counted: 9,
  },
  number: {
    kind: 'number',
    name: 'mean',
    value,
    interval: [value - 1, value + 1],
    limit: { max: 3 },
    confidence: 0.9,
    note: text,
  },
  distributions: { kind: 'distributions', type: 'categories', labels: [text, 'b'], current: [3, 1], reference: [2, 2] },
  rates: {
    kind: 'rates',
    overall: { name: 'all', cases: 4, passed: 2, failed: 2, errors: 0, notApplicable: 0, rate: 0.5 },
    parts: [{ name: text, cases: 4, passed: 2, failed: 2, errors: 0, notApplicable: 0, rate: 0.5, limit: 0.7 }],
  },
  examples: {
    kind: 'examples',
    examples: [
      { case: text, name: text, input: text, perturbed: text, expected: text, got: text, before: text, reason: text },
    ],
    total: 1,
    failing: [text],
  },
  matrix: {
    kind: 'matrix',
    down: 'expected',
    across: 'predicted',
    rows: [text, 'b'],
    columns: [text, 'b'],
    counts: [
      [5, 2],
      [1, 7],
    ],
  },
  curve: {
    kind: 'curve',
    x: 'confidence',
    y: 'accuracy',
    points: [{ x: value, y: 0.5, interval: [0.4, 0.6], count: 3 }],
  },
  trace: { kind: 'trace', steps: [{ name: 'search', depth: 1, ms: 3, input: text, output: text, error: text }] },
})

const kinds = Object.keys(blocks('')) as readonly BlockKind[]
const failing = { status: 'fail', blocking: true } as const

test.for(kinds)('%s tells no value of a personal column, whether it says whose values it tells or not', (kind) => {
  const block = blocks(secret)[kind]
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
  const effect: Block = { ...blocks(secret).number, value: 0.4, of: [], noteOf: ['mail'] }
  expect(discreetBlock(effect, new Set(['mail']), ['mail'])).toEqual({ ...effect, note: undefined })
  expect(discreetBlock(effect, new Set(['other']), ['mail'])).toEqual(effect)
})

test.for(kinds)('%s in a run is told without values of columns that turn out to be personal elsewhere', (kind) => {
  const told = result({
    ...failing,
    subject: { type: 'dataset', name: 'people', column: 'mail' },
    lineage: { datasets: [{ name: 'people', source: 'people.csv' }] },
    evidence: [blocks(secret)[kind]],
  })
  const { results } = withoutPersonal({ results: [decodeResult(encodeResult(told))], datasets: [], problems: [] }, [
    { name: 'people', source: 'people.csv', columns: ['mail'] },
  ])
  expect(JSON.stringify(results[0]?.evidence)).not.toMatch(/canary|739182/)
})

test.for(kinds)('%s with long texts is cut to what a result may take, and its core is kept', (kind) => {
  const large = blocks('x'.repeat(200_000))[kind]
  const text = encodeResult(result({ ...failing, evidence: [large] }))
  expect(text.length).toBeLessThanOrEqual(RESULT_CAP)
  expect(decodeResult(text).evidence.map((one) => one.kind)).toEqual([kind])
})

test('rates of more parts than a result may take are left out, and the result says so', () => {
  const { rates } = blocks('x')
  const parts = Array.from({ length: 2000 }, (_, i) => ({ ...rates.parts[0], name: `part ${i}` }) as never)
  const text = encodeResult(result({ ...failing, evidence: [{ ...rates, parts }] }))
  expect(text.length).toBeLessThanOrEqual(RESULT_CAP)
  expect(decodeResult(text).message).toContain('too large to report')
})

const shown: {
  readonly [K in BlockKind]: { readonly html: RegExp; readonly markdown?: RegExp; readonly message?: RegExp }
} = {
  rows: {
    html: /<mark><code class="cell">plain<\/code><\/mark>/,
    markdown: /: plain × 8/,
    message: /row {2}mail +id\n {2}1 {4}▸ plain/,
  },
  number: {
    html: /mean <b class="fail">7,391,826<\/b>/,
    markdown: /^- mean 7,391,826 \(7,391,825 to 7,391,827\), limit 3: plain$/m,
  },
  distributions: { html: /share by category/ },
  rates: { html: /<td>plain<\/td><td class="r">50 %/, markdown: /^\| plain \| 50 % \| 4 \|$/m },
  examples: {
    html: /1 failing example/,
    message: /plain\n {4}→ plain\n {6}expected plain, got plain \(before: plain\): plain/,
  },
  matrix: {
    html: /<th scope="row">plain<\/th><td class="r">5<\/td><td class="r over-3">2<\/td>/,
    markdown: /^\| plain \| 5 \| 2 \|$/m,
    message: / {2}expected \\ predicted {2}plain {2}b\n {2}plain +5 +2/,
  },
  curve: {
    html: /accuracy over confidence/,
    markdown: /^\| 7,391,826 \| 0\.5 \| 0\.4 to 0\.6 \| 3 \|$/m,
    message: / {2}confidence {2}accuracy {2}interval +cases\n {2}7,391,826 +0\.5 +0\.4 to 0\.6 +3/,
  },
  trace: {
    html: /<b>search<\/b><span class="x"> \(3 ms\)<\/span>/,
    markdown: /^1\. search \(3 ms\): plain$/m,
    message: /search \(3 ms\)\n {8}in plain\n {8}out plain\n {8}error plain/,
  },
}

test.for(kinds)('%s is drawn on the page, in Markdown and in the message', (kind) => {
  const told = result({ ...failing, evidence: [blocks('plain')[kind]] })
  const run = document([told])
  expect(render(run)).toMatch(shown[kind].html)
  if (shown[kind].markdown) expect(markdown(run)).toMatch(shown[kind].markdown)
  if (shown[kind].message) expect(resultBlock(told)).toMatch(shown[kind].message)
})

test.for(kinds)('hostile text in %s does no harm in any output', (kind) => {
  for (const text of nasty) {
    const told = result({ ...failing, evidence: [blocks(text)[kind]] })
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

test('blocks without anything in them draw nothing', () => {
  const empty: readonly Block[] = [
    { kind: 'matrix', down: 'a', across: 'b', rows: [], columns: [], counts: [] },
    { kind: 'curve', x: 'a', y: 'b', points: [] },
    { kind: 'trace', steps: [] },
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
