// Ten number and ten category columns; in the current side the second half of each has drifted.
const unit = (seed) => `((hash(i, ${seed}) % 1000003 + 1) / 1000004.0)::double`
const normal = (seed) => `sqrt(-2 * ln(${unit(seed)})) * cos(6.283185307179586 * ${unit(seed + 1)})`

export const names = ['n', 'c'].flatMap((kind) => Array.from({ length: 10 }, (_, i) => `${kind}${i}`))
export const drifted = names.filter((name) => name.slice(1) >= 5)

/** SQL that writes a side of so many rows. */
export function written(rows, current, path) {
  const seed = current ? 5000 : 0
  const selected = names.map((name, i) => {
    const own = seed + 10 * i
    const moved = current && drifted.includes(name)
    if (name.startsWith('n')) return `10 * (${normal(own)}${moved ? ' + 0.5' : ''}) as ${name}`
    const category = `'k' || floor(8 * ${unit(own)} * ${unit(own + 1)})::integer`
    return `${moved ? `case when hash(i, ${own + 2}) % 10 < 3 then 'k7' else ${category} end` : category} as ${name}`
  })
  return `copy (select ${selected.join(', ')} from range(${rows}) r(i)) to '${path}' (format parquet, compression zstd)`
}
