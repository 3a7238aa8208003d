import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from '../../src/results/json.ts'
import { outcomes, project, type Run } from '../helpers/project.ts'

const seed = Number(process.env.SEED ?? 20_261_124)
const random = ((state: number) => () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return state / 2 ** 32
})(seed)
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T

interface Assertion {
  readonly style: 'await' | 'plain' | 'later'
  readonly soft: boolean
  readonly not: boolean
  readonly limit: number
}

/** The column holds 1, 2 and 3, so `min: limit` holds up to 1. */
const statusOf = ({ not, limit }: Assertion) => (limit <= 1 !== not ? 'pass' : 'fail')

const tests = Array.from({ length: 60 }, (_, index) => {
  const concurrent = random() < 0.4
  const assertions = Array.from(
    { length: 1 + Math.floor(random() * 5) },
    (): Assertion => ({
      style: pick(['await', 'plain', 'plain', 'later'] as const),
      soft: random() < 0.3,
      not: random() < 0.3,
      // A limit no other test has says whose a result is.
      limit: (random() < 0.8 ? -1000 : 1000) - index,
    }),
  )
  return { title: `mix ${index}`, concurrent, assertions }
})

/** Which assertions are judged: all up to the first awaited one that throws, and those that were made before it. */
function expected({ assertions }: (typeof tests)[number]): { readonly judged: string[]; readonly fails: boolean } {
  const thrown = assertions.findIndex((one) => one.style === 'await' && !one.soft && statusOf(one) === 'fail')
  const made = thrown < 0 ? assertions : assertions.slice(0, thrown + 1)
  return { judged: made.map(statusOf).sort(), fails: made.some((one) => statusOf(one) === 'fail') }
}

function written({ title, concurrent, assertions }: (typeof tests)[number]): string {
  const lines = assertions.map(({ style, soft, not, limit }, i) => {
    const call = `expect${soft ? '.soft' : ''}(a)${not ? '.not' : ''}.toHaveValuesBetween({ min: ${limit} })`
    return style === 'await' ? `await ${call}` : style === 'plain' ? call : `const later${i} = ${call}`
  })
  const late = assertions.flatMap(({ style }, i) => (style === 'later' ? [`await later${i}`] : []))
  return `test${concurrent ? '.concurrent' : ''}('${title}', async ({ expect }) => {\n  ${[...lines, ...late].join('\n  ')}\n})`
}

const suite = `import { test } from 'vitest'
import { dataset } from 'assay'
const a = dataset([{ a: 1 }, { a: 2 }, { a: 3 }], { name: 'mix' }).column('a')
${tests.map(written).join('\n')}
`
const scans = `import { expect, test } from 'vitest'
import { dataset } from 'assay'
const wide = dataset('wide.csv')
test('five at once', () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) expect(wide.column(name)).toHaveValuesBetween({ min: 0 })
})
`

let made: Awaited<ReturnType<typeof project>>
let run: Run
let results: { title: string; status: string; queries: number[]; where: { test: string; line: number; file: string } }[]

beforeAll(async () => {
  console.log(`seed ${seed}`)
  made = await project({ 'mix.test.ts': suite, 'scans.test.ts': scans, 'wide.csv': 'a,b,c,d,e\n1,2,3,4,5\n' })
  run = await made.run()
  const document = parse(await readFile(path.join(made.folder, 'report/report.json'), 'utf8'))
  results = [...document.results] as unknown as typeof results
})
afterAll(() => made?.remove())

test('any mix of awaited, plain, soft, negated and concurrent assertions ends as predicted', () => {
  const found = outcomes(run)
  for (const mix of tests) {
    const { judged, fails } = expected(mix)
    const of = results.filter(({ where }) => where.test === mix.title)
    expect(found[mix.title]?.status, `${written(mix)}\n${found[mix.title]?.message}`).toBe(fails ? 'failed' : 'passed')
    expect(of.map(({ status }) => status).sort(), written(mix)).toEqual(judged)
  }
})

test('no result is attributed to another test, and each stands at its line', () => {
  const lines = suite.split('\n')
  for (const { title, where } of results.filter(({ where }) => where.file === 'mix.test.ts')) {
    const index = Number(where.test.slice('mix '.length))
    expect([-1000 - index, 1000 - index].map((limit) => `values at least ${limit.toLocaleString('en-US')}`)).toContain(
      title,
    )
    expect(lines[where.line - 1]).toContain(`min: ${title.replace(/[^\d-]/g, '')}`)
  }
})

test('no rejection is left unhandled', () => {
  expect(run.output).not.toMatch(/unhandled/i)
})

test('assertions that nobody awaited share one scan', () => {
  const of = results.filter(({ where }) => where.file === 'scans.test.ts')
  expect(of).toHaveLength(5)
  expect(of.map(({ queries }) => queries)).toEqual(of.map(() => [expect.any(Number)]))
  expect(new Set(of.flatMap(({ queries }) => queries)).size).toBe(1)
})
