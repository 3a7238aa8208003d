// How often a budget ends in the wrong verdict, simulated at the limit: `node bench/sequential.mjs` writes
// bench/sequential.md.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, built, number, root, table } from './lib.mjs'

const DRAWS = 1000
const BUDGET = 300
const CASES = 300

build()
const { evaluate, mft, model, passMft } = await built('src/index.js')
const { seeded } = await built('src/stats/random.js')
const cases = mft(Array.from({ length: CASES }, (_, i) => ({ input: i, expected: 'yes' })))

/** What comes of models that answer right at a rate, and how many calls that took. */
async function verdicts(rate, options) {
  const random = seeded(5)
  const counts = { pass: 0, fail: 0, inconclusive: 0 }
  let calls = 0
  for (let draw = 0; draw < DRAWS; draw++) {
    const moody = model('moody@1', () => (calls++, random() < rate ? 'yes' : 'no'), { remember: false })
    const [{ status }] = await evaluate(passMft(moody, cases, { budget: BUDGET, ...options }))
    counts[status]++
  }
  return { ...counts, calls: calls / DRAWS }
}

const rows = [
  ['limit', 'indifference', 'true rate', 'pass', 'fail', 'inconclusive', 'calls on average', 'wrong, at most 5 %'],
]
const percent = (count) => `${number((100 * count) / DRAWS, 1)} %`
for (const limit of [0.9, 0.95])
  for (const indifference of [undefined, 0.05]) {
    const options = { passRate: { min: limit }, ...(indifference === undefined ? {} : { indifference }) }
    const below = limit - (indifference ?? 0.001)
    for (const rate of [below, limit, 0.5, 1]) {
      const { pass, fail, inconclusive, calls } = await verdicts(rate, options)
      const wrong = rate < limit ? pass : fail
      rows.push([
        limit,
        indifference ?? '',
        Number(rate.toFixed(3)),
        percent(pass),
        percent(fail),
        percent(inconclusive),
        number(calls, 0),
        percent(wrong),
      ])
    }
  }
const file = join(root, 'bench/sequential.md')
writeFileSync(
  file,
  `# Wrong verdicts under a budget

\`node bench/sequential.mjs\`: ${number(DRAWS, 0)} models drawn for each row, whose answers are right at the true rate, each judged by
\`passMft(model, cases, { passRate: { min: limit }, budget: ${BUDGET} })\` with its confidence of 0.95. A verdict is wrong that passes
a model below the limit (with \`indifference\`: so far below it), or fails one at it.

${table(rows).join('\n')}
`,
)
spawnSync('npx', ['--no-install', 'biome', 'format', '--write', file], { cwd: root, stdio: 'inherit' })
