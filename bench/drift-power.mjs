// `node bench/drift-power.mjs [--calls 100] [--columns 1,20,200]`: how often drift is found, denied and left open, ours
// beside peers' defaults and p < 0.05, through the public API on seeded samples. Prints Markdown tables.
import { build, built } from './lib.mjs'

const argument = (name, usual) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? usual : process.argv[at + 1]
}
const calls = Number(argument('calls', 100))
const widths = argument('columns', '1,20,200').split(',').map(Number)
if (!process.argv.includes('--no-build')) build()
const { dataset, evaluate, noDriftFrom } = await built('src/index.js')
const { seeded } = await built('src/stats/random.js')
const { ksTwoSample } = await built('src/stats/ksTwoSample.js')
const { chiSquare } = await built('src/stats/chiSquare.js')
const { evidently } = await built('src/drift/compat/evidently.js')
const { nannyml } = await built('src/drift/compat/nannyml.js')
const { deepchecks } = await built('src/drift/compat/deepchecks.js')

const next = seeded(20261125)
const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
const sample = (rows, draw) => Array.from({ length: rows }, draw)
const zipf = (k) => () => `w${Math.floor(k ** next()) - 1}`
/** The reference's draw and the current one's, by what happens. */
const kinds = {
  'normal, none': [normal, normal],
  'lognormal, none': [() => Math.exp(normal()), () => Math.exp(normal())],
  'Cauchy, none': [() => Math.tan(Math.PI * (next() - 0.5)), () => Math.tan(Math.PI * (next() - 0.5))],
  'integers, none': [() => Math.floor(next() * 6), () => Math.floor(next() * 6)],
  '80 % zeros, none': [() => (next() < 0.8 ? 0 : normal()), () => (next() < 0.8 ? 0 : normal())],
  'boolean, none': [() => next() < 0.3, () => next() < 0.3],
  '5 words, none': [zipf(5), zipf(5)],
  '500 words, none': [zipf(500), zipf(500)],
  'shift 0.5 sd': [normal, () => normal() + 0.5],
  'scale × 1.5': [normal, () => 1.5 * normal()],
  'scale × 2': [normal, () => 2 * normal()],
  '5 % × 1000': [normal, () => (next() < 0.05 ? 1000 * normal() : normal())],
  'missing +20 points': [normal, () => (next() < 0.2 ? null : normal())],
  'rate 2 % → 6 %': [() => next() < 0.02, () => next() < 0.06],
  'D = 0.1 exactly': [() => (next() < 0.55 ? 0 : 1), () => (next() < 0.45 ? 0 : 1)],
}

/** Whether a library, by its default method and threshold, calls it drift; its numbers are pinned by its own answers. */
function judgedBy({ methods, usual }, numeric, [here, there], [mine, theirs]) {
  const distinct = new Set([...mine.counts.keys(), ...theirs.counts.keys()]).size
  const name = usual({ numeric, rows: there.length, distinct })
  const { numbers, categories, p, threshold, inclusive } = methods.find((method) => method.name === name)
  const value = numeric ? numbers(there, here) : categories(theirs, mine)
  if (p) return inclusive ? value <= threshold : value < threshold
  return inclusive ? value >= threshold : value > threshold
}

/** What peers and the usual p-value say of two samples; missing values are left out, as they all leave them. */
function peers(here, there) {
  const numeric = typeof there.find((value) => value !== null) === 'number'
  const present = [here, there].map((side) => side.filter((value) => value !== null))
  const counts = present.map((side) => {
    const by = new Map()
    for (const value of side) by.set(String(value), (by.get(String(value)) ?? 0) + 1)
    return { counts: by, missing: 0 }
  })
  const sorted = numeric ? present.map((side) => Float64Array.from(side).sort()) : present
  const keys = [...new Set(counts.flatMap((side) => [...side.counts.keys()]))]
  const p = numeric
    ? ksTwoSample(...sorted).p
    : chiSquare(...counts.map((side) => keys.map((key) => side.counts.get(key) ?? 0))).p
  const libraries = Object.entries({ Evidently: evidently, NannyML: nannyml, Deepchecks: deepchecks })
  return {
    ...Object.fromEntries(libraries.map(([name, peer]) => [name, judgedBy(peer, numeric, sorted, counts)])),
    'p < 0.05': p < 0.05,
  }
}

const percent = (count, all) => `${Math.round((100 * count) / all)}`
const sizes = [
  [200, 200],
  [500, 5000],
  [1000, 10_000],
]
console.log(`Fail / pass in % of ${calls} calls of one column; peers: % called drift.\n`)
console.log(`| | ${sizes.map(([n, m]) => `${n} × ${m}`).join(' | ')} | Evidently | NannyML | Deepchecks | p < 0.05 |`)
console.log(`|-|${sizes.map(() => '-').join('|')}|-|-|-|-|`)
for (const [name, [then, now]] of Object.entries(kinds)) {
  const cells = []
  const flagged = { Evidently: 0, NannyML: 0, Deepchecks: 0, 'p < 0.05': 0 }
  for (const [n, m] of sizes) {
    const counts = { fail: 0, pass: 0 }
    for (let call = 0; call < calls; call++) {
      const [here, there] = [sample(n, now), sample(m, then)]
      const results = await evaluate(noDriftFrom(dataset({ x: here }), dataset({ x: there })))
      const failed = results.some(({ status }) => status === 'fail')
      if (failed) counts.fail++
      else if (results[0].status === 'pass') counts.pass++
      if (m === 5000) for (const [peer, drift] of Object.entries(peers(here, there))) if (drift) flagged[peer]++
    }
    cells.push(`${percent(counts.fail, calls)}/${percent(counts.pass, calls)}`)
  }
  console.log(
    `| ${name} | ${cells.join(' | ')} | ${Object.values(flagged)
      .map((count) => percent(count, calls))
      .join(' | ')} |`,
  )
}

console.log(
  '\nWithout drift, 500 rows against 5,000, columns of all kinds: calls with a wrong fail, columns decided.\n',
)
console.log('| columns | calls | a wrong fail | decided |\n|-|-|-|-|')
const quiet = Object.entries(kinds).filter(([name]) => name.endsWith('none') && !name.startsWith('500'))
for (const width of widths) {
  const times = Math.max(3, Math.round(calls / width))
  let [wrong, decided] = [0, 0]
  for (let call = 0; call < times; call++) {
    const table = (rows, which) =>
      dataset(
        Object.fromEntries(
          Array.from({ length: width }, (_, i) => [`c${i}`, sample(rows, quiet[i % quiet.length][1][which])]),
        ),
      )
    const results = await evaluate(noDriftFrom(table(500, 1), table(5000, 0)))
    if (results.some(({ status }) => status === 'fail')) wrong++
    decided += results.filter(({ status }) => status === 'pass').length
  }
  console.log(`| ${width} | ${times} | ${wrong} | ${percent(decided, times * width)} % |`)
}
