// Mutated files of every format against a strict reader: `npm run fuzz`, or `node bench/fuzz.mjs --format csv --files
// 5000 --seed 1`. No crash, no hang, no death of the engine, no memory without bound, and no other rows than the strict
// reader's without a finding. Files are opened in a process of their own, which is started again when it dies.
import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { randomFrom } from './fuzz/judge.mjs'
import { build, built, withFolder } from './lib.mjs'

const { values } = parseArgs({
  options: {
    format: { type: 'string', default: 'csv,json,jsonl,parquet,arrow' },
    files: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    from: { type: 'string' },
  },
})
const files = Number(values.files)
const seed = Number(values.seed)
const MOST_FAULTS = 10
const MOST_MB = 2000
const SLOW = 20_000

if (values.from === undefined) await all()
else await judgeFiles(values.format, Number(values.from))

/** Runs each format in processes of its own and adds up. */
async function all() {
  build()
  let faults = 0
  for (const format of values.format.split(',')) faults += await runFormat(format)
  process.exit(faults > 0 ? 1 : 0)
}

async function runFormat(format) {
  const found = { faults: 0, refused: 0, mb: 0 }
  const started = Date.now()
  const fault = (i, what) => {
    found.faults++
    console.log(`${format}, seed ${seed + i}: ${what}`)
  }
  let next = 0
  while (next < files && found.faults < MOST_FAULTS) {
    next = await oneProcess(format, next, (message) => {
      if (message.fault) fault(message.i, message.fault)
      if (message.refused) found.refused++
      found.mb = Math.max(found.mb, message.mb)
      if ((message.i + 1) % 1000 === 0)
        console.log(
          `  ${format}: ${message.i + 1} files, ${Math.round(((message.i + 1) * 1000) / (Date.now() - started))} a second`,
        )
    }).catch(({ i, what }) => {
      fault(i, what)
      return i + 1
    })
  }
  const { refused, mb } = found
  console.log(
    `${next} ${format} files from seed ${seed}: ${refused} refused by the strict reader, ${found.faults} faults, ${mb} MB`,
  )
  return found.faults
}

/** Judges files from one number on until all are judged; rejects with the file at which the process died or hung. */
function oneProcess(format, from, tell) {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [
      '--format',
      format,
      '--files',
      String(files),
      '--seed',
      String(seed),
      '--from',
      String(from),
    ])
    let i = from
    let hung = false
    let watch
    const wait = () => {
      clearTimeout(watch)
      watch = setTimeout(() => {
        hung = true
        child.kill('SIGKILL')
      }, SLOW)
    }
    wait()
    child.on('message', (message) => {
      if (message.fault === undefined && message.mb > MOST_MB) message.fault = `${message.mb} MB of memory`
      tell(message)
      i = message.i + 1
      wait()
    })
    child.on('exit', (code, signal) => {
      clearTimeout(watch)
      if (i >= files) resolve(i)
      else reject({ i, what: hung ? `took longer than ${SLOW / 1000} s` : `the process ended with ${signal ?? code}` })
    })
  })
}

async function judgeFiles(name, from) {
  const format = await import(`./fuzz/${name}.mjs`)
  const { dataset } = await built('src/dataset/dataset.js')
  const { relationOf } = await built('src/dataset/opened.js')
  await withFolder(async (folder) => {
    await format.prepare?.(folder)
    for (let i = from; i < files; i++) {
      const random = randomFrom(seed + i)
      const bytes = format.mutate(random, format.make(random))
      const path = join(folder, `${i}.${format.ending}`)
      writeFileSync(path, bytes)
      const expected = await format.reference(bytes, path)
      const data = dataset(path, format.options)
      const fault = await format.faultOf(
        () => relationOf(data),
        expected,
        () => data.rows(),
      )
      process.send({
        i,
        refused: expected.problem !== undefined,
        fault: fault && `${fault}\n  ${JSON.stringify(bytes.toString('latin1')).slice(0, 300)}`,
        mb: Math.round(process.memoryUsage().rss / 1024 ** 2),
      })
    }
  })
  process.exit(0)
}
