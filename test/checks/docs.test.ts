import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { catalogue } from '../../src/checks/catalogue.ts'
import type { CheckKind } from '../../src/checks/definition.ts'
import type { Option, Parameter } from '../../src/checks/parameters/parameter.ts'

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``
const cell = (text: string): string => text.replaceAll('|', '\\|')

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows]
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}

const shown = (value: unknown): string => JSON.stringify(value).replaceAll('"', "'")

/** What stands between the brackets of the function, behind the dataset or column. */
function called({ parameters, options }: CheckKind): string {
  const names = parameters.map((one) => (one.default === undefined ? one.name : `${one.name}?`))
  return [...names, ...(options.list.length > 0 ? ['options?'] : [])].join(', ')
}

function section(title: string, kinds: readonly CheckKind[]): string {
  const rows = kinds.map((kind) => [
    code(`${kind.kind}(${[kind.receiver, called(kind)].filter(Boolean).join(', ')})`),
    code(`${kind.matcher}(${called(kind)})`),
    cell(kind.says),
    kind.options.list.map(({ name }) => code(name)).join(' '),
  ])
  return `## ${title}\n\n${table(['check', 'matcher', 'what it states', 'options'], rows)}`
}

function parameters(kinds: readonly CheckKind[]): string {
  const seen = new Map<string, { parameter: Parameter; of: string[] }>()
  for (const kind of kinds)
    for (const parameter of kind.parameters) {
      const key = `${parameter.name}: ${parameter.doc}`
      const known = seen.get(key) ?? { parameter, of: [] }
      known.of.push(kind.kind)
      seen.set(key, known)
    }
  const rows = [...seen.values()].map(({ parameter, of }) => [
    code(parameter.name),
    `${cell(parameter.doc)}${parameter.default === undefined ? '' : `; default: ${parameter.default}`}`,
    code(parameter.type),
    of.map(code).join(' '),
  ])
  return `## Parameters\n\n${table(['parameter', 'what it says', 'type', 'of'], rows)}`
}

function options(kinds: readonly CheckKind[]): string {
  const all = new Map<string, Option>()
  for (const kind of kinds)
    for (const option of kind.options.list) if (!all.has(option.name)) all.set(option.name, option)
  const rows = [...all.values()].map((option) => [
    code(option.name),
    cell(option.doc),
    code(option.type),
    option.absent === undefined ? '' : code(shown(option.absent)),
  ])
  return `## Options\n\n${table(['option', 'what it says', 'type', 'default'], rows)}`
}

function page(): string {
  const kinds = catalogue()
  const of = (receiver: string): readonly CheckKind[] => kinds.filter((kind) => kind.receiver === receiver)
  return [
    '# Checks',
    '',
    'Every check is a function for `evaluate`, a matcher of `expect`, and an entry of a contract: the three make the same',
    'check, with the same verdict and words. The functions are exported by name, and together as `checks`:',
    "`import { checks } from 'assay'`, `checks.valuesBetween(…)`. This page is written from their definitions.",
    '',
    '```ts',
    "await expect(orders.column('amount')).toHaveValuesBetween({ min: 0 }, { mostly: 0.99 })",
    "await evaluate(valuesBetween(orders.column('amount'), { min: 0 }, { mostly: 0.99 }))",
    '```',
    '',
    '```json',
    '{ "kind": "valuesBetween", "column": "amount", "bounds": { "min": 0 }, "mostly": 0.99 }',
    '```',
    '',
    'In JSON a check of a column names its `column`, and every parameter and option stands under its name',
    '([contracts.md](contracts.md#any-check)). Beside these there are `toMatchSchema` ([schemas.md](schemas.md)),',
    '`toHaveNoDriftFrom`, and the matchers of models ([models.md](models.md)). Checks of your own stand beside all of them',
    '([own-checks.md](own-checks.md)).',
    '',
    section('Of a column', of('column')),
    '',
    section('Of a dataset', of('dataset')),
    '',
    parameters(kinds),
    '',
    options(kinds),
    '',
  ].join('\n')
}

/** The matchers of the kinds, as the formatter leaves them, among the others. */
function matchers(text: string): string {
  const entry = ({ kind, matcher, says, example }: CheckKind): string => {
    const load = `async () => (await import('../src/checks/kinds/${kind}.ts')).${kind}`
    const line = `  ${matcher}: of(${load}),`
    return [
      '  /**',
      `   * ${says}`,
      `   * @example ${example}`,
      '   */',
      line.length > 120 ? `  ${matcher}: of(\n    ${load},\n  ),` : line,
    ].join('\n')
  }
  const entries = catalogue().toSorted((a, b) => (a.matcher < b.matcher ? -1 : 1))
  const begin = text.indexOf('\n', text.indexOf('// <kinds>')) + 1
  const [before, after] = [text.slice(0, begin), text.slice(text.indexOf('  // </kinds>'))]
  return `${before}${entries.map(entry).join('\n')}\n${after}`
}

/** What follows from the definitions as text, by file. */
const written: Readonly<Record<string, (text: string) => string>> = {
  'docs/checks.md': page,
  'matchers/index.ts': matchers,
}

test.each(Object.keys(written))('%s says what the definitions of the checks say', (name) => {
  const file = new URL(`../../${name}`, import.meta.url)
  const text = readFileSync(file, 'utf8')
  const wanted = written[name]?.(text) ?? ''
  if (process.env.ASSAY_DOCS === 'write') writeFileSync(file, wanted)
  else expect(text).toBe(wanted)
})

test('each kind is the export of a file of its name, with one line in kinds.ts', () => {
  const lines = readFileSync(new URL('../../src/checks/kinds/index.ts', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
  const named = lines.map((line) => /^export \{ (\w+)(?:, type \w+)* \} from '\.\/(\w+)\.ts'$/.exec(line)?.slice(1))
  expect(named).toEqual(catalogue().map(({ kind }) => [kind, kind]))
})
