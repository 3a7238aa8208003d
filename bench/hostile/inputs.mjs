// Damaged and empty sources: none of them lets a statement about its rows pass, nor its contrary. `skip` names the
// questions whose answer the source does hold: that there are rows, or that columns are not there.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { dataset, sql } from 'assay'
import { asked, ofDatasets } from './matchers.mjs'

const good = `id,amount,word\n${Array.from({ length: 40 }, (_, i) => `${i},${i / 4},abc`).join('\n')}\n`
const records = Array.from({ length: 40 }, (_, i) => ({ id: i, amount: i / 4, word: 'abc' }))
const json = JSON.stringify(records)
const lines = records.map((record) => JSON.stringify(record)).join('\n')
const garbage = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3)) % 256))

/** A source made of bytes in a file of that name. */
const file = (name, fileName, bytes, options) => ({
  name,
  open: (folder) => {
    const path = join(folder, fileName)
    writeFileSync(path, typeof bytes === 'function' ? bytes(folder) : bytes)
    return dataset(path, options)
  },
})
const parquet = (folder) => engineFile(folder, 'parquet', 'format parquet')
const cut = (bytes, share) => bytes.subarray(0, Math.floor(bytes.length * share))
const flipped = (bytes, at) => {
  const copy = Buffer.from(bytes)
  for (let i = at; i < at + 40 && i < copy.length; i++) copy[i] ^= 0x5a
  return copy
}

let made = 0
/** Bytes that DuckDB writes, in a process of its own: this one's engine is under test. */
function engineFile(
  folder,
  ending,
  format,
  query = "select range as id, range / 4 as amount, 'abc' as word from range(40)",
) {
  const path = join(folder, `made-${made++}.${ending}`)
  const code = `import('@duckdb/node-api').then(async ({ DuckDBInstance }) => {
    const db = await (await DuckDBInstance.create()).connect()
    await db.run(${JSON.stringify(`copy (${query}) to '${path}' (${format})`)})
  })`
  execFileSync(process.execPath, ['-e', code], { cwd: join(import.meta.dirname, '../..') })
  return readFileSync(path)
}

async function arrowBytes() {
  const { tableToIPC } = await import('apache-arrow')
  return Buffer.from(tableToIPC(await dataset(records).toArrow(), 'file'))
}

export const inputs = [
  // Nothing in it.
  file('csv of no bytes', 'a.csv', ''),
  file('csv of blank lines', 'a.csv', '\n\n\n'),
  { ...file('csv of a header alone', 'a.csv', 'id,amount,word\n'), empty: true },
  file('json of no bytes', 'a.json', ''),
  { ...file('json of no records', 'a.json', '[]'), empty: true, skip: /not toMatchSchema/ },
  { ...file('json lines of no bytes', 'a.jsonl', ''), empty: true, skip: /not toMatchSchema/ },
  file('parquet of no bytes', 'a.parquet', ''),
  {
    ...file('parquet of no rows', 'a.parquet', (folder) =>
      engineFile(folder, 'parquet', 'format parquet', "select 1 as id, 0.5 as amount, 'a' as word where false"),
    ),
    empty: true,
  },
  file('arrow of no bytes', 'a.arrow', ''),
  file('excel of no bytes', 'a.xlsx', ''),
  file('gzip of nothing', 'a.csv.gz', gzipSync('')),
  { name: 'no records', open: () => dataset([]), empty: true, skip: /not toMatchSchema/ },
  { name: 'no columns', open: () => dataset([{}, {}]), skip: /RowCount|not toMatchSchema/ },
  { name: 'a slice of no rows', open: () => dataset(records).where({ id: -5 }), empty: true },
  { name: 'a query of no rows', open: () => dataset(sql`select * from ${dataset(records)} where id < 0`), empty: true },
  // Not what it says.
  { name: 'a file that is not there', open: (folder) => dataset(join(folder, 'none.csv')) },
  { name: 'a glob of no file', open: (folder) => dataset(join(folder, 'none-*.csv')) },
  {
    name: 'a folder called .csv',
    open: (folder) => {
      mkdirSync(join(folder, 'd.csv'), { recursive: true })
      return dataset(join(folder, 'd.csv'))
    },
  },
  {
    name: 'a named pipe',
    open: (folder) => {
      const path = join(folder, 'pipe.csv')
      execFileSync('mkfifo', [path])
      return dataset(path)
    },
  },
  {
    name: 'a link to /dev/zero',
    open: (folder) => {
      symlinkSync('/dev/zero', join(folder, 'zero.csv'))
      return dataset(join(folder, 'zero.csv'))
    },
  },
  file(
    'a pointer of Git LFS',
    'a.csv',
    `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12\n`,
  ),
  ...['csv', 'json', 'jsonl', 'parquet', 'arrow', 'xlsx', 'csv.gz', 'csv.zst', 'jsonl.gz'].map((ending) =>
    file(`garbage called .${ending}`, `a.${ending}`, garbage),
  ),
  file('csv called .parquet', 'a.parquet', good),
  file('csv called .json', 'a.json', good),
  file('parquet called .csv', 'a.csv', parquet),
  // A record lost.
  file('csv with a ragged record', 'a.csv', `${good}41,1\n`),
  file('csv with a record too long', 'a.csv', `${good}41,1,abc,more\n`),
  file('csv with a quote left open', 'a.csv', `${good}41,1,"abc\n42,1,abc\n`),
  file('csv with text after a quote', 'a.csv', `${good}41,1,"abc"d\n`),
  file(
    'csv with invalid UTF-8',
    'a.csv',
    Buffer.concat([Buffer.from(good), Buffer.from([0x34, 0x2c, 0x31, 0x2c, 0xff, 0xfe, 0x0a])]),
  ),
  file('csv with a NUL', 'a.csv', `${good}41,1,a\0c\n`),
  file('csv with a name twice', 'a.csv', good.replace('id,amount,word', 'id,id,word')),
  file('csv with a blank name', 'a.csv', good.replace('id,amount,word', 'id,,word')),
  file('gzip cut short', 'a.csv.gz', cut(gzipSync(good.repeat(50)), 0.7)),
  file('gzip with bytes flipped', 'a.csv.gz', flipped(gzipSync(good.repeat(50)), 60)),
  file('json cut short', 'a.json', json.slice(0, -20)),
  file('json with a comma too many', 'a.json', json.replace(']', ',]')),
  file('json with another value after it', 'a.json', `${json} {}`),
  file('json of numbers', 'a.json', '[1, 2, 3]'),
  file('json lines with a broken line', 'a.jsonl', `${lines}\n{"id": 41,\n`),
  file('json lines with a list', 'a.jsonl', `${lines}\n[1]\n`),
  file('parquet cut short', 'a.parquet', (folder) => cut(parquet(folder), 0.6)),
  {
    ...file('parquet with a page of "id" flipped', 'a.parquet', (folder) => flipped(parquet(folder), 4)),
    // The footer and the other columns are whole.
    skip: /toMatchSchema|RowCount|NoMissing|ValuesBetween|Sum|ValuesIn|Matching|Length|OfType/,
  },
  file('parquet with its footer flipped', 'a.parquet', (folder) => {
    const bytes = parquet(folder)
    return flipped(bytes, bytes.length - 120)
  }),
  {
    name: 'arrow cut short',
    open: (folder) => lateFile(folder, 'cut.arrow', async () => cut(await arrowBytes(), 0.6)),
  },
  {
    name: 'arrow with bytes flipped',
    open: (folder) => lateFile(folder, 'f.arrow', async () => flipped(await arrowBytes(), 200)),
  },
  {
    name: 'two files, one of them damaged',
    open: (folder) => {
      writeFileSync(join(folder, 'p1.csv'), good)
      writeFileSync(join(folder, 'p2.csv'), `${good}41,1\n`)
      return dataset([join(folder, 'p1.csv'), join(folder, 'p2.csv')])
    },
  },
  {
    name: 'log lines that do not match',
    open: (folder) => {
      writeFileSync(join(folder, 'a.log'), '1 0.5 abc\nwhat is this\n2 0.5 abc\n')
      return dataset(join(folder, 'a.log'), { pattern: /^(?<id>\d+) (?<amount>[\d.]+) (?<word>\w+)$/ })
    },
  },
  // Types that cannot be judged.
  {
    name: 'a column of nothing but nulls',
    open: () => dataset([{ id: null, amount: null, word: null }]),
    // Drift of one row is undecided, which is reported and fails where the test says so.
    skip: /RowCount|Drift/,
    not: false,
  },
  {
    name: 'infinite numbers',
    open: () => dataset([{ id: Number.NaN, amount: Number.POSITIVE_INFINITY, word: '' }]),
    not: false,
    skip: /RowCount|Unique|NoMissing|Drift/,
  },
  { name: 'other columns', open: () => dataset([{ a: 1 }, { a: 2 }]), skip: /RowCount|not toMatchSchema/ },
]

async function lateFile(folder, name, bytes) {
  const path = join(folder, name)
  writeFileSync(path, await bytes())
  return dataset(path)
}

export async function rows(i, path) {
  const { open, empty = false, not = true, skip } = inputs[i]
  mkdirSync(path, { recursive: true })
  const data = await open(path)
  // That there are no rows is a statement that can be judged: its contrary holds.
  return asked(ofDatasets, () => data, { not }).filter(
    ({ ask }) => !(empty && ask === 'not toHaveRowCount') && !skip?.test(ask),
  )
}
