import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { createDuckDB } from '../../src/engine/duckdb.ts'
import { removeSpilled, spillFolder } from '../../src/engine/spill.ts'
import { temporaryFolder } from '../../src/engine/temporary.ts'
import { sql } from '../../src/sql/sql.ts'
import { folderWith } from '../helpers/files.ts'

afterEach(() => vi.unstubAllEnvs())

const spillsTo = async (): Promise<string> => {
  const engine = await createDuckDB({ threads: 1 })
  const [row = []] = await engine.query(sql`select current_setting('temp_directory')`)
  await engine.close()
  return String(row[0])
}

test('in a run of vitest engines spill into the folder of its main process, each by itself, and make nothing before they do', async () => {
  const shared = await folderWith({})
  vi.stubEnv('ASSAY_CLAIMS', path.join(shared, 'claims-1'))
  const [first, second] = [await spillsTo(), await spillsTo()]
  expect([path.dirname(first), path.dirname(second)]).toEqual([shared, shared])
  expect(first).not.toBe(second)
  expect(readdirSync(shared)).toEqual([])
})

test('elsewhere they spill into a folder of the process, into which nobody else may look', async () => {
  vi.stubEnv('ASSAY_CLAIMS', '')
  const folder = path.dirname(await spillsTo())
  expect(folder).toBe(temporaryFolder())
  expect(path.dirname(folder)).toBe(tmpdir())
  if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('what a process spilled that was killed is removed, and what one that runs has is not', async () => {
  const shared = await folderWith({ 'claims-1': '', 'spill-notes.txt': '' })
  const { pid: ended } = spawnSync(process.execPath, ['-e', ''])
  vi.stubEnv('ASSAY_CLAIMS', path.join(shared, 'claims-1'))
  const own = spillFolder()
  mkdirSync(own)
  mkdirSync(path.join(shared, `spill-${ended}-x/deeper`), { recursive: true })
  removeSpilled(shared)
  expect(readdirSync(shared).sort()).toEqual(['claims-1', path.basename(own), 'spill-notes.txt'].sort())
})
