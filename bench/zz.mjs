import { built } from './lib.mjs'
import { constraints } from './contractSpec.mjs'
const { sharedDuckDB } = await built('src/engine/duckdb.js')
const engine = await sharedDuckDB()
const q = engine.query.bind(engine)
const cpu = () => {
  const c = process.cpuUsage()
  return (c.user + c.system) / 1e6
}
engine.query = async (s, o) => {
  const c = cpu()
  const r = await q(s, o)
  console.log((cpu() - c).toFixed(3), JSON.stringify(s.parts).slice(0, 150), JSON.stringify(s.parts).length)
  if (process.argv[3]) {
    const { render } = await built('src/sql/sql.js')
    console.log(render(s, engine.dialect).text)
  }
  return r
}
const { dataset, ...checks } = await built('src/index.js')
const t0 = cpu()
const data = dataset(process.argv[2])
const asked = constraints().map(({ kind, column, args, slack }) => {
  const options = slack > 0 ? { mostly: Math.max(0.001, 1 - slack) } : {}
  if (kind === 'rowCount' || kind === 'uniqueKey') return checks[kind](data, ...(column ? [column] : []), ...args)
  return checks[kind](data.column(column), ...args, options)
})
await checks.evaluate(asked)
console.log('total', cpu() - t0)
process.exit(0)
