import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { expect, test, vi } from 'vitest'
import { fileStates } from '../../src/bytes/fileState.ts'
import { evaluate, noMissing, valuesIn } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { isVolatile, keepFew, keptAnswer, stateOf } from '../../src/engine/keptAnswers.ts'
import { newSeal, readSealed, writeSealed } from '../../src/engine/sealedFile.ts'
import { sql } from '../../src/sql/sql.ts'
import { seeded } from '../../src/stats/random.ts'
import { temporaryFile } from '../helpers/files.ts'
import { keptFolder } from '../helpers/keptFolder.ts'

const folder = keptFolder()

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const kept = () => readdirSync(folder()).map((name) => path.join(folder(), name))

/** Asks for what stands in a file, which takes long enough to be kept. */
async function contentOf(file: string): Promise<{ answer: unknown; asked: boolean }> {
  const states = await fileStates([file])
  let asked = false
  const guard = stateOf(
    () => {},
    () => (states.same() ? states.state() : undefined),
  )
  const [row] = await keptAnswer({ text: 'select content', params: [], guards: new Set([guard]) }, 'v', async () => {
    asked = true
    const content = readFileSync(file, 'utf8')
    await wait(25)
    return [[content]]
  })
  return { answer: row?.[0], asked }
}

test('an answer is that of the file as it is, however it was written, and is kept where the file rests', async () => {
  const file = await temporaryFile('rows.csv', 'start')
  const random = seeded('kept answers')
  let again = 0
  for (let i = 0; i < 40; i++) {
    // Of one size, within one moment or later, sometimes with the time it had.
    const content = `text ${Math.floor(random() * 3)}`
    const at = new Date(1_700_000_000_000)
    if (random() < 0.6) {
      writeFileSync(file, content)
      if (random() < 0.5) utimesSync(file, at, at)
    }
    if (random() < 0.5) await wait(60)
    const { answer, asked } = await contentOf(file)
    expect(answer, `step ${i}`).toBe(readFileSync(file, 'utf8'))
    if (!asked) again++
  }
  expect(again).toBeGreaterThan(3)
})

test('a file that is written while it is read leaves nothing behind', async () => {
  const file = await temporaryFile('rows.csv', 'first')
  await wait(60)
  const states = await fileStates([file])
  const guard = stateOf(
    () => {},
    () => (states.same() ? states.state() : undefined),
  )
  await keptAnswer({ text: 'select', guards: new Set([guard]) }, 'v', async () => {
    writeFileSync(file, 'other')
    await wait(25)
    return [['half of each']]
  })
  expect(kept()).toEqual([])
})

test('checks of a file ask it once, in whichever process, and anew once it was written', async () => {
  const lines = (last: string) => `a,b\n${`x,1\n`.repeat(400_000)}${last},2\n`
  const file = await temporaryFile('rows.csv', lines('y'))
  await wait(60)
  const failed = async () => {
    const data = dataset(file)
    const [result] = await evaluate([valuesIn(data.column('a'), ['x']), noMissing(data.column('b'))])
    return result?.counts?.failed
  }
  expect(await failed()).toBe(1)
  const answers = kept()
  expect(answers).not.toEqual([])
  // A lie that only comes out where the answer is taken from there.
  for (const answer of answers) {
    const name = path.basename(answer)
    const rows = deserialize((await readSealed(folder(), name)) as Buffer) as bigint[][]
    if (!Array.isArray(rows)) continue
    await writeSealed(folder(), name, serialize(rows.map((row) => row.map((cell) => (cell === 1n ? 77n : cell)))))
  }
  expect(await failed()).toBe(77)
  writeFileSync(file, lines('x'))
  expect(await failed()).toBe(0)
})

test('an answer of which a byte is another one, that was cut, or stands under the name of another, is asked again', async () => {
  const state = () => 'a'
  const guards = new Set([stateOf(() => {}, state)])
  let count = 0
  const ask = async (text: string) => {
    const rows = await keptAnswer({ text, guards }, 'v', async () => {
      count++
      await wait(25)
      return [[text, 1n, 2.5, null]]
    })
    expect(rows).toEqual([[text, 1n, 2.5, null]])
  }
  await ask('select x')
  const [file = ''] = kept()
  const whole = readFileSync(file)
  await ask('select x')
  expect(count).toBe(1)
  const spoilt = Array.from(whole, (_, i) => {
    const other = Buffer.from(whole)
    other[i] = (other[i] as number) ^ (1 << (i % 8))
    return other
  })
  for (const content of [...spoilt, whole.subarray(0, -1), Buffer.concat([whole, whole]), Buffer.alloc(0)]) {
    writeFileSync(file, content)
    expect(await readSealed(folder(), path.basename(file))).toBeUndefined()
  }
  await ask('select x')
  expect(count).toBe(2)
  await ask('select y')
  const other = kept().find((one) => one !== file) as string
  writeFileSync(other, readFileSync(file))
  await ask('select y')
  expect(count).toBe(4)
  // Another run knows nothing of it, and who has no seal keeps nothing.
  vi.stubEnv('ASSAY_SEAL', newSeal())
  await ask('select x')
  vi.stubEnv('ASSAY_SEAL', '')
  const before = kept().length
  await ask('select x')
  expect([count, kept().length]).toEqual([6, before])
})

test('nothing of what is kept can be read, in the files or in their names', async () => {
  const file = await temporaryFile('people.csv', `email\n${'ada@example.org\n'.repeat(600_000)}`)
  await wait(60)
  const data = dataset(file, { pii: ['email'] })
  await evaluate([valuesIn(data.column('email'), ['ada@example.org']), noMissing(data.column('email'))])
  expect(kept()).not.toEqual([])
  for (const answer of kept())
    expect(readFileSync(answer).toString('latin1') + answer).not.toMatch(/ada@example|email|people/)
})

test('what answers anew each time is not kept: every function of the engine that says so', async () => {
  const engine = await sharedDuckDB()
  const rows = await engine.query(
    sql`select distinct function_name from duckdb_functions() where stability <> 'CONSISTENT' and function_type = 'scalar'`,
  )
  const names = rows.map(([name]) => String(name))
  expect(names).toContain('random')
  expect(names.filter((name) => !isVolatile(`select ${name}(a) from t`))).toEqual([])
  expect(names.filter((name) => !isVolatile(`select "${name.toUpperCase()}" (a) from t`))).toEqual([])
  expect(['current_timestamp', 'localtime', 'age (at)'].filter((text) => !isVolatile(`select ${text}`))).toEqual([])
  expect(isVolatile('select count(*), count("age"), sum("user") from read_csv($1)')).toBe(false)
})

test('the oldest answers go where there are too many', async () => {
  for (let i = 0; i < 6; i++) {
    writeFileSync(path.join(folder(), String(i)), 'x')
    utimesSync(path.join(folder(), String(i)), i, i)
  }
  await keepFew(folder(), 2)
  expect(readdirSync(folder()).sort()).toEqual(['4', '5'])
  await keepFew(path.join(folder(), 'nowhere'))
})

test('an answer is of one query with its parameters, one version and one state of what it reads', async () => {
  let state: string | undefined = 'a'
  const guard = stateOf(
    () => {},
    () => state,
  )
  const other = stateOf(
    () => {},
    () => 'other',
  )
  const query = { text: 'select x', params: [1, 'a'] as const, guards: new Set([guard]) }
  let count = 0
  const ask = async (
    more: Partial<Omit<typeof query, 'params'>> & { params?: readonly (string | number | bigint)[] } = {},
    version = 'v',
  ) =>
    (
      await keptAnswer({ ...query, ...more }, version, async () => {
        await wait(25)
        return [[++count]]
      })
    )[0]?.[0]
  const first = await ask()
  expect(await ask()).toBe(first)
  const different = [
    await ask({ params: [2, 'a'] }),
    await ask({ params: [1, 'b'] }),
    await ask({ params: ['a', 1] }),
    await ask({ params: [] }),
    await ask({ text: 'select y' }),
    await ask({}, 'w'),
    await ask({ guards: new Set([guard, other]) }),
  ]
  expect(new Set([first, ...different]).size).toBe(1 + different.length)
  state = 'b'
  expect(await ask()).toBe(count)
  state = 'a'
  expect(await ask()).toBe(first)
  state = undefined
  expect(await ask()).toBe(count)
  expect(await ask({ guards: new Set() })).toBe(count)
})

test('an answer of data that changes while it is looked up is none', async () => {
  const states = ['a', 'a', 'a', 'b', 'b', 'b']
  const guard = stateOf(
    () => {},
    () => states.shift() ?? 'b',
  )
  const ask = (value: string) =>
    keptAnswer({ text: 'select z', guards: new Set([guard]) }, 'v', async () => {
      await wait(25)
      return [[value]]
    })
  expect(await ask('of a')).toEqual([['of a']])
  // It was kept for a, which is what the data is when it is asked for, and not when it is found.
  expect(await ask('of b')).toEqual([['of b']])
})

test('nothing is left of an answer that could not be kept', async () => {
  mkdirSync(path.join(folder(), 'name', 'in the way'), { recursive: true })
  await expect(writeSealed(folder(), 'name', Buffer.from('answer'))).rejects.toThrow()
  expect(readdirSync(folder())).toEqual(['name'])
})
