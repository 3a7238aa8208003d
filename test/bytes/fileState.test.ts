import { appendFileSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { fileStates, stateOfFiles } from '../../src/bytes/fileState.ts'
import { temporarySubfolder } from '../../src/engine/temporary.ts'
import { looksAt } from '../helpers/looksAt.ts'

/** Two folders of two files each, and links to them. */
function links() {
  const folder = temporarySubfolder('links')
  const at = (...names: readonly string[]): string => path.join(folder, ...names)
  for (const name of ['one', 'two']) {
    mkdirSync(at(name))
    writeFileSync(at(name, 'rows.csv'), name)
  }
  const lead = (link: string, target: string): void => {
    symlinkSync(target, at('next'))
    renameSync(at('next'), at(link))
  }
  lead('current', 'one')
  lead('rows.csv', 'one/rows.csv')
  lead('latest', 'current')
  lead('up', 'one')
  lead('one/beside.csv', '../rows.csv')
  return { at, lead }
}

test.runIf(process.platform !== 'win32').each([
  ['a link to it', ['rows.csv'], 'rows.csv', 'one/rows.csv'],
  ['a link to its folder', ['current', 'rows.csv'], 'current', 'one'],
  ['a link to a link', ['latest', 'rows.csv'], 'current', 'one'],
  ['a link out of a folder that a link leads to', ['up', 'beside.csv'], 'rows.csv', 'one/rows.csv'],
])('a file is not what it was where %s led elsewhere meanwhile', async (_, names, link, target) => {
  const { at, lead } = links()
  const file = at(...names)
  await new Promise((resolve) => setTimeout(resolve, 60))
  const [states, other] = [await fileStates([file]), await fileStates([at('one', 'rows.csv')])]
  const [state, known] = [states.state(), stateOfFiles([file])]
  expect(states.same()).toBe(true)
  expect(await fileStates([file]).then((again) => again.state())).toBe(state)
  lead(link, target.replace('one', 'two'))
  expect(states.same()).toBe(false)
  lead(link, target)
  expect(states.same()).toBe(false)
  expect(stateOfFiles([file])).not.toBe(known)
  expect((await fileStates([file])).state()).not.toBe(state)
  expect(other.same()).toBe(true)
})

test.each([4, 9_000_000])(
  'how old a file of %i bytes was counts by when it was looked at, not by when the look ended',
  async (size) => {
    const file = path.join(temporarySubfolder('young'), 'rows.csv')
    let looks = 0
    // The system may take the processor away after any call.
    const after = (): void => {
      looks++
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
    await looksAt(file, { after }, async () => {
      writeFileSync(file, 'x'.repeat(size))
      appendFileSync(file, 'y')
      expect(stateOfFiles([file])).toBeUndefined()
      appendFileSync(file, 'z')
      looks = 0
      await fileStates([file])
      // A small file is told by its content meanwhile.
      expect(looks).toBe(size > 8 * 1024 ** 2 ? 2 : 1)
    })
  },
)
