// `node bench/drift-year.mjs [--years 200] [--no-build]`: how many runs a lasting shift takes to be found where a year of runs
// shares one level (`acrossRuns`), beside runs that each have the whole. By the product's own formulas, on seeded normal
// samples of 500 rows against one reference of 5,000 a year. Prints a Markdown table.
import { build, built } from './lib.mjs'

const at = process.argv.indexOf('--years')
const years = at < 0 ? 200 : Number(process.argv[at + 1])
if (!process.argv.includes('--no-build')) build()
const { seeded } = await built('src/stats/random.js')
const { largestGap } = await built('src/stats/largestGap.js')
const { distanceAtMost } = await built('src/stats/ksDistance.js')
const { shareOfYear } = await built('src/drift/acrossRuns.js')
const { normalSf } = await built('src/stats/normal.js')

const DAY = 86_400_000
const [n, m, limit, most] = [500, 5000, 0.1, 365]
/** A fifth of the level belongs to findings. */
const level = 0.05 * 0.8
const next = seeded(20261126)
const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
const sample = (rows, shift) => Float64Array.from({ length: rows }, () => normal() + shift).sort()
const spends = (days) => level * shareOfYear(new Date(days * DAY), new Date(0))
const ways = {
  'daily, one level a year': [1, spends(1)],
  'weekly, one level a year': [7, spends(7)],
  'daily, each its own': [1, level],
}

/** In which run a year's shift is found first, by way; undefined where it never is. */
function found(shift) {
  const reference = sample(m, 0)
  const first = {}
  for (let run = 1; run <= most && Object.keys(first).length < Object.keys(ways).length; run++) {
    const p = distanceAtMost({ n, m }, largestGap(sample(n, shift), reference).gap / (n * m), limit)
    for (const [way, [every, own]] of Object.entries(ways))
      if (run * every <= most && p <= own) first[way] ??= run * every
  }
  return first
}

console.log(
  `Days until a shift is found, by the half and by nine tenths of ${years} years, and years in which it never is.\n`,
)
console.log(`| shift | D | ${Object.keys(ways).join(' | ')} |`)
console.log(
  `|-|-|${Object.keys(ways)
    .map(() => '-')
    .join('|')}|`,
)
for (const shift of [0.25, 0.4, 0.45, 0.5, 0.6, 0.8]) {
  const all = Array.from({ length: years }, () => found(shift))
  const cells = Object.keys(ways).map((way) => {
    const days = all.map((first) => first[way] ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b)
    const [half, nine] = [0.5, 0.9].map((share) => days[Math.ceil(share * years) - 1])
    const never = days.filter((day) => day === Number.POSITIVE_INFINITY).length
    const shown = (day) => (Number.isFinite(day) ? String(day) : '–')
    return `${shown(half)}, ${shown(nine)}; ${Math.round((100 * never) / years)} %`
  })
  console.log(`| ${shift} sd | ${(1 - 2 * normalSf(shift / 2)).toFixed(3)} | ${cells.join(' | ')} |`)
}
