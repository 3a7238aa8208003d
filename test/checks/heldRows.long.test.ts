import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import {
  type Check,
  evaluate,
  meanBetween,
  noMissing,
  rowCount,
  sumBetween,
  uniqueKey,
  valuesBetween,
  valuesMatching,
} from '../../src/checks/index.ts'
import { inferContract } from '../../src/contracts/inferContract.ts'
import { matchesSchema } from '../../src/contracts/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import type { Dataset } from '../../src/dataset/model.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { newSeal } from '../../src/engine/sealedFile.ts'
import { id, type Sql, sql } from '../../src/sql/sql.ts'
import { seeded } from '../../src/stats/random.ts'
import { temporaryFile } from '../helpers/files.ts'
import { queriesOf } from '../helpers/queries.ts'
import { newTables } from '../helpers/tables.ts'

const lines = Array.from(
  { length: 60_000 },
  (_, i) => `${i},${i % 7 === 0 ? 'n/a' : i / 4},k${i % 9},2026-01-0${1 + (i % 9)}`,
)
const text = `id,x,code,day\n${lines.join('\n')}\n`
const records = lines.map((line) => {
  const [id, x, code, day] = line.split(',')
  return JSON.stringify({ id: Number(id), x: x === 'n/a' ? x : Number(x), code, day })
})

const questions = (data: Dataset): readonly Check[] => [
  valuesBetween(data.column('x'), { min: 0, max: 10_000 }),
  noMissing(data.column('code')),
  valuesMatching(data.column('code'), /^k[0-7]$/),
  uniqueKey(data, ['code']),
  uniqueKey(data, ['id']),
  valuesBetween(data.column('id'), { max: 59_000 }),
  valuesBetween(data.where({ code: 'k3' }).column('id'), { max: 100 }),
  sumBetween(data.column('id'), { min: 0 }),
]

const files: Readonly<Record<string, string | Uint8Array>> = {
  'rows.csv': text,
  'rows.csv.gz': gzipSync(text),
  'rows.jsonl': records.join('\n'),
  'rows.json': `[${records.join(',\n')}]`,
}

test.each(Object.keys(files))(
  '%s: what is asked one after another is answered as if asked together, from few reads',
  async (name) => {
    const file = await temporaryFile(name, files[name] as string)
    const together = dataset(file)
    const all = await evaluate(questions(together))
    const data = dataset(file)
    const { engine } = await relationOf(data)
    const asked: unknown[] = []
    const seen = await queriesOf({ engine } as never, async () => {
      for (const one of questions(data)) asked.push(...(await evaluate(one)))
    })
    const essence = (results: readonly unknown[]) =>
      results.map((result) => {
        const { ms: _, sql: _sql, scans: _scans, ...rest } = result as Record<string, unknown>
        return rest
      })
    expect(essence(asked)).toEqual(essence(all))
    const reads = seen.filter(
      (query) => /read_(csv|json|ndjson|text)/.test(query) && /^select (count|sum|\*)/i.test(query),
    )
    expect(reads.length).toBeLessThanOrEqual(2)
    expect(seen.some((query) => query.startsWith('create temp table "assay_held_'))).toBe(true)
  },
)

/** The same bytes from elsewhere, which are copied to this machine. */
const elsewhere: Readonly<Record<string, () => Promise<{ readonly source: unknown; readonly close?: () => void }>>> = {
  'an address': async () => {
    const server = createServer((_, response) => response.end(text)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    return { source: `http://127.0.0.1:${port}/rows.csv`, close: () => server.close() }
  },
  'a stream': async () => ({ source: Readable.from([text]) }),
}

test.each(Object.keys(elsewhere))('%s: what came once is held once it is asked again, as a file is', async (name) => {
  const { source, close } = await (elsewhere[name] as () => Promise<{ source: unknown; close?: () => void }>)()
  const data = dataset(source as string, { format: 'csv' })
  const asked: CheckResult[] = []
  const tables = await tablesHeld(data)
  for (const one of questions(data)) asked.push(...(await evaluate(one)))
  expect(await tables()).toHaveLength(1)
  const file = dataset(await temporaryFile('rows.csv', text))
  const all = await evaluate(questions(file))
  expect(asked.map(({ status, counts, value }) => [status, counts, value])).toEqual(
    all.map(({ status, counts, value }) => [status, counts, value]),
  )
  close?.()
})

const many = Array.from({ length: 700 }, (_, i) => `c${i}`)
const wideFiles = {
  'wide.csv': { isHeld: true, text: `${many.join()}\n${many.map((_, i) => i).join()}\n` },
  'wide.jsonl': { isHeld: false, text: `${JSON.stringify(Object.fromEntries(many.map((name, i) => [name, i])))}\n` },
}

test.each(Object.entries(wideFiles))(
  'checks of all of many columns are answered by few reads, from texts that are held or from the file itself: %s',
  async (name, { isHeld, text }) => {
    const data = dataset(await temporaryFile(name, text))
    const { engine } = await relationOf(data)
    const about = (min: number) => many.map((column) => valuesBetween(data.column(column), { min }))
    for (const min of [-1, -2]) {
      const tables = await tablesHeld(data, 1)
      let results: readonly CheckResult[] = []
      const seen = await queriesOf({ engine } as never, async () => {
        results = await evaluate(about(min))
      })
      expect(results.map(({ status }) => status)).toEqual(many.map(() => 'pass'))
      expect(await tables()).toHaveLength(isHeld && min === -1 ? 1 : 0)
      expect(seen.filter((query) => /read_(csv|json|ndjson|text)/.test(query)).length).toBeLessThanOrEqual(4)
    }
  },
)

/** The tables of so many rows that the engine of a dataset holds from now on: more than the first ones, by which failing rows are shown. */
const tablesHeld = async (data: Dataset, rows = 30_000) =>
  newTables((await relationOf(data)).engine, { named: /^assay_(held|lasting)_/, rows })

test('rows and answers that are kept are never those of before: a file rewritten in the same second and of the same size', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-kept-'))
  vi.stubEnv('ASSAY_KEPT', folder)
  vi.stubEnv('ASSAY_SEAL', newSeal())
  const random = seeded(7)
  const file = await temporaryFile('again.csv', '')
  const write = (): number => {
    const values = Array.from({ length: 340_000 }, () => 10 + Math.floor(random() * 90))
    writeFileSync(file, `x\n${values.join('\n')}\n`)
    utimesSync(file, 1_700_000_000, 1_700_000_000)
    return values.reduce((sum, one) => sum + one, 0)
  }
  let sum = write()
  // Each for itself, like those of several workers and runs.
  const several = Array.from({ length: 4 }, () => dataset(file))
  let again = 0
  for (let round = 0; round < 24; round++) {
    if (random() < 0.3) sum = write()
    if (random() < 0.5) await new Promise((resolve) => setTimeout(resolve, 60))
    const data = several[Math.floor(random() * several.length)] as Dataset
    const before = readdirSync(folder).length
    const results = [
      ...(await evaluate(sumBetween(data.column('x'), { min: sum, max: sum }))),
      ...(await evaluate(rowCount(data, 340_000))),
      ...(await evaluate(meanBetween(data.column('x'), { min: sum / 340_000 - 1e-9, max: sum / 340_000 + 1e-9 }))),
    ]
    expect([round, results.map(({ status, message }) => [status, message])]).toEqual([
      round,
      [
        ['pass', undefined],
        ['pass', undefined],
        ['pass', undefined],
      ],
    ])
    if (before > 0 && readdirSync(folder).length === before) again++
  }
  expect(again).toBeGreaterThan(3)
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

test.each(Object.keys(files))(
  '%s: who asks the same once more, one after another, in another worker or run, has the answers and copies nothing',
  async (name) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-kept-'))
    vi.stubEnv('ASSAY_KEPT', folder)
    vi.stubEnv('ASSAY_SEAL', newSeal())
    const file = await temporaryFile(name, files[name] as string)
    await new Promise((resolve) => setTimeout(resolve, 60))
    const passing = (data: Dataset): readonly Check[] => [
      noMissing(data.column('code')),
      valuesBetween(data.column('id'), { max: 60_000 }),
      valuesMatching(data.column('code'), /^k\d$/),
      uniqueKey(data, ['id']),
      valuesBetween(data.where({ code: 'k3' }).column('id'), { min: 0 }),
      sumBetween(data.column('id'), { min: 0 }),
    ]
    const ask = async () => {
      const data = dataset(file)
      const tables = await tablesHeld(data)
      const results: CheckResult[] = []
      for (const check of passing(data)) results.push(...(await evaluate(check)))
      const copies = (await tables()).length
      return { copies, statuses: results.map(({ status }) => status), values: results.map(({ value }) => value) }
    }
    const first = await ask()
    expect(first.copies).toBe(1)
    expect(new Set(first.statuses)).toEqual(new Set(['pass']))
    expect(await ask()).toEqual({ ...first, copies: 0 })
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  },
)

test.each(Object.keys(files))(
  '%s: another dataset that asks what was asked reads nothing, and has the rows there for all that it asks besides',
  async (name) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-kept-'))
    vi.stubEnv('ASSAY_KEPT', folder)
    const file = await temporaryFile(name, files[name] as string)
    await new Promise((resolve) => setTimeout(resolve, 60))
    const asked = (data: Dataset): readonly Check[] => [
      noMissing(data.column('code')),
      valuesBetween(data.column('id'), { max: 60_000 }),
      valuesMatching(data.column('code'), /^k\d$/),
    ]
    const besides = (data: Dataset): readonly Check[] => [
      valuesBetween(data.column('id'), { max: 59_998 }),
      uniqueKey(data, ['code']),
      meanBetween(data.column('id'), { min: 29_999.5, max: 29_999.5 }),
    ]
    const answers = async (checks: readonly Check[]) => {
      const results: CheckResult[] = []
      for (const check of checks) results.push(...(await evaluate(check)))
      return results.map(({ status, counts, value, evidence }) => [status, counts, value, evidence])
    }
    const first = await answers(asked(dataset(file)))
    const other = dataset(file)
    const tables = await tablesHeld(other)
    // What took no time is asked again the first time, of the file.
    expect(await answers(asked(other))).toEqual(first)
    expect(await tables()).toEqual([])
    const anew = await answers(besides(other))
    expect(await tables()).toEqual([])
    vi.unstubAllEnvs()
    const together = await evaluate(besides(dataset(file)))
    expect(anew).toEqual(together.map(({ status, counts, value, evidence }) => [status, counts, value, evidence]))
    rmSync(folder, { recursive: true, force: true })
  },
)

test('what is kept is let go of when the file changes', async () => {
  const file = await temporaryFile('gone.csv', text)
  const data = dataset(file)
  const tables = await tablesHeld(data)
  for (const one of questions(data)) await evaluate(one)
  expect(await tables()).toHaveLength(1)
  writeFileSync(file, `${text}400,1,k1,2026-01-03\n`)
  await relationOf(data)
  expect(await tables()).toEqual([])
})

/** Texts whose rows must keep their numbers, lines and files in the engine. */
const awkward: Readonly<Record<string, () => Promise<string | readonly string[]>>> = {
  'columns called as the engine calls places and we call texts': () =>
    temporaryFile(
      'names.csv',
      `rowid,c0,"ROWID ",assay_row_,x\n${lines.map((_, i) => `${60_000 - i},a${i},${i % 3},9,${i % 50}`).join('\n')}\n`,
    ),
  'more than the engine reads at once': () =>
    temporaryFile(
      'long.csv',
      `id,pad,x\n${Array.from({ length: 150_000 }, (_, i) => `${i},${'p'.repeat(270)},${i % 50}`).join('\n')}\n`,
    ),
  'records of several lines': () =>
    temporaryFile(
      'several.csv',
      `id,note,x\r\n${lines.map((_, i) => `${i},"a\r\nb ""${i}""",${i % 50}`).join('\r\n')}\r\n`,
    ),
  'several files, their columns in another order': async () => [
    await temporaryFile('first.csv', `id,x\n${lines.map((_, i) => `${i},${i % 50}`).join('\n')}\n`),
    await temporaryFile('second.csv', `x,id\n${lines.map((_, i) => `${i % 50},${-i}`).join('\n')}\n`),
  ],
  'records whose keys differ in case, hold lists and lack some': () =>
    temporaryFile(
      'keys.jsonl',
      lines
        .map((_, i) => JSON.stringify({ id: i, x: i % 50, X: `b${i % 3}`, ...(i % 4 ? { tags: [i % 5, null] } : {}) }))
        .join('\n'),
    ),
  'several files of records': async () => [
    await temporaryFile('first.jsonl', lines.map((_, i) => JSON.stringify({ id: i, x: i % 50 })).join('\n')),
    await temporaryFile('second.jsonl', lines.map((_, i) => JSON.stringify({ x: i % 50, id: -i })).join('\r\n')),
  ],
}

test.each(Object.keys(awkward))('%s: rows that are held are those of the file, in its order', async (name) => {
  const source = await (awkward[name] as () => Promise<string>)()
  const checks = (data: Dataset): readonly Check[] => [
    valuesBetween(data.column('x'), { max: 48 }),
    valuesBetween(data.where(sql`x > 40`).column('x'), { max: 48 }),
    uniqueKey(data, ['x']),
  ]
  const held = dataset(source)
  await evaluate(noMissing(held.column('x')))
  for (let i = 0; i < 3; i++) {
    let asked: CheckResult | undefined
    const seen = await queriesOf(await relationOf(held), async () => {
      asked = (await evaluate(checks(held)[i] as Check))[0]
    })
    expect(seen.some((query) => query.includes('assay_held_'))).toBe(true)
    const [fresh] = await evaluate(checks(dataset(source))[i] as Check)
    expect([asked?.counts, asked?.evidence, asked?.message]).toEqual([fresh?.counts, fresh?.evidence, fresh?.message])
    expect(asked?.evidence.length).toBeGreaterThan(0)
  }
})

test('records that are held are judged by their texts, which are not: schemas of whole records, contracts read off them', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => ({
    id: i,
    place: i % 100 === 0 ? { zip: null } : { zip: `${i % 7}` },
    tags: i % 3 ? [i % 5] : null,
    mixed: i % 2 ? i : `${i}`,
  }))
  const schema = {
    anyOf: [
      { properties: { place: { properties: { zip: { type: 'string' } } } } },
      { properties: { tags: { type: 'null' } } },
    ],
  }
  const files = [await temporaryFile('a.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))]
  files.push(await temporaryFile('b.json', JSON.stringify(rows)))
  for (const source of [files[0] as string, files[1] as string]) {
    const held = dataset(source, { name: 'records' })
    const tables = await tablesHeld(held, rows.length)
    await evaluate(noMissing(held.column('id')))
    await evaluate(valuesBetween(held.column('id'), { min: 0 }))
    expect(await tables()).toHaveLength(1)
    const fresh = dataset(source, { name: 'records' })
    for (const slice of [(data: Dataset) => data, (data: Dataset) => data.where(sql`id > 15000`)]) {
      const judged = async (data: Dataset) =>
        (await evaluate(matchesSchema(slice(data), schema))).map(({ status, counts, evidence, message }) => [
          status,
          counts,
          evidence,
          message,
        ])
      expect((await judged(held))[0]?.[0]).toBe('fail')
      expect(await judged(held)).toEqual(await judged(fresh))
    }
    expect(await inferContract(held)).toEqual(await inferContract(dataset(source, { name: 'records' })))
    const { engine, numbered } = await relationOf(held)
    // Who forgets where the texts are hears so, and takes none for another.
    await expect(engine.query(sql`select max(length(${id('__assay_text')})) from ${numbered as Sql}`)).rejects.toThrow(
      'not held',
    )
    expect(await engine.query(sql`select count(*), max(${id('__assay_row')}) from ${numbered as Sql}`)).toEqual([
      [20_000n, 20_000n],
    ])
  }
})
