import { linkSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type Check, evaluate, noMissing, uniqueKey, valuesBetween, valuesMatching } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import type { Dataset } from '../../src/dataset/model.ts'
import { temporarySubfolder } from '../../src/engine/temporary.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { seeded } from '../../src/stats/random.ts'
import { keptFolder } from '../helpers/keptFolder.ts'

keptFolder()

/** Rows of a megabyte, from which on they are held in the engine. */
const ROWS = 42_000

/** Rows that fail in a version of a file, and in no other. */
const broken = (version: number, of: number): number => (version * 7919 + of * 1237) % (ROWS - 1)

function cells(version: number): readonly (readonly [id: number, x: string, code: string])[] {
  const [x, code, key] = [broken(version, 1), broken(version, 2), broken(version, 3)]
  return Array.from({ length: ROWS }, (_, i) => [
    i === key || i === ROWS - 1 ? 199_999 : 100_000 + i,
    i === x ? '-1.0' : '5.25',
    i === code ? 'zz' : `k${i % 9}`,
  ])
}

const csv = (version: number): string =>
  `id,x,code,day\n${cells(version)
    .map(([id, x, code]) => `${id},${x},${code},2026-01-01`)
    .join('\n')}\n`
const json = (version: number): readonly string[] =>
  cells(version).map(([id, x, code]) => `{"id":${id},"x":${x},"code":"${code}"}`)
const formats: Readonly<Record<string, (version: number) => string | Uint8Array>> = {
  'rows.csv': csv,
  'rows.csv.gz': (version) => gzipSync(csv(version), { level: 1 }),
  'rows.jsonl': (version) => json(version).join('\n'),
  'rows.json': (version) => `[${json(version).join(',')}]`,
}

/** Ways to put other content where a file is, with the time that the file had. */
const ways: readonly ((file: string, content: string | Uint8Array) => void)[] = [
  (file, content) => writeFileSync(file, content),
  (file, content) => {
    writeFileSync(`${file}.next`, content)
    renameSync(`${file}.next`, file)
  },
  (file, content) => {
    rmSync(file)
    writeFileSync(file, content)
  },
  (file, content) => {
    writeFileSync(`${file}.target`, content)
    symlinkSync(`${path.basename(file)}.target`, `${file}.next`)
    renameSync(`${file}.next`, file)
    rmSync(`${file}.moved`, { force: true })
    renameSync(`${file}.target`, `${file}.moved`)
    linkSync(`${file}.moved`, `${file}.target`)
  },
]

/** Questions, and the rows that fail of a version. */
const questions: readonly (readonly [(data: Dataset) => Check, (version: number) => readonly number[]])[] = [
  [(data) => valuesBetween(data.column('x'), { min: 0 }), (version) => [broken(version, 1)]],
  [(data) => valuesMatching(data.column('code'), /^k\d$/), (version) => [broken(version, 2)]],
  [(data) => uniqueKey(data, ['id']), (version) => [broken(version, 3), ROWS - 1]],
  [(data) => noMissing(data.column('code')), () => []],
]

const rowsOf = ({ evidence }: CheckResult): readonly number[] =>
  evidence.flatMap((block) => (block.kind === 'rows' ? (block.rowNumbers ?? []) : []))

test.each(['a', 'b', 'c'])('files that are rewritten at any moment are judged as they are: seed %s', async (seed) => {
  const random = seeded(`rewritten ${seed}`)
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const folder = temporarySubfolder('rewritten')
  let latest = 0
  const files = Object.entries(formats).map(([name, content]) => {
    const file = path.join(folder, name)
    writeFileSync(file, content(++latest))
    return { file, content, versions: [latest], open: [dataset(file)] }
  })
  const rewrite = (one: (typeof files)[number], content: string | Uint8Array): void => {
    const { atime, mtime } = statSync(one.file)
    any(ways)(one.file, content)
    utimesSync(one.file, atime, mtime)
  }
  let judged = 0
  for (let step = 0; step < 12; step++) {
    const one = any(files)
    const version = ++latest
    const content = one.content(version)
    const isMeanwhile = random() < 0.4
    if (!isMeanwhile) {
      rewrite(one, content)
      one.versions = [version]
      await new Promise((resolve) => setTimeout(resolve, random() * 90))
    }
    for (let round = 0; round < 3; round++) {
      if (random() < 0.3) one.open.push(dataset(one.file))
      const some = Array.from({ length: 1 + Math.floor(random() * 4) }, () => any(questions))
      const asked = evaluate(some.map(([check]) => check(any(one.open))))
      if (isMeanwhile && round === 1) {
        await new Promise((resolve) => setTimeout(resolve, random() * 120))
        rewrite(one, content)
        one.versions.push(version)
      }
      const results = await asked
      for (const [i, result] of results.entries()) {
        if (result.status === 'error') {
          expect(result.message, `step ${step}`).toContain('changed while it was read')
          expect(one.versions.length, `step ${step}`).toBeGreaterThan(1)
          continue
        }
        const wanted = one.versions.map((own) => (some[i] as (typeof questions)[number])[1](own).map((row) => row + 1))
        expect(wanted, `step ${step}`).toContainEqual(rowsOf(result))
        expect(result.status).toBe(rowsOf(result).length > 0 ? 'fail' : 'pass')
        judged++
      }
      if (isMeanwhile && round === 1) one.versions = [version]
    }
  }
  expect(judged).toBeGreaterThan(30)
})
