import { renameSync, utimesSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { changeTime } from '../../src/bytes/reads.ts'
import { temporaryFile } from '../helpers/files.ts'

test.skipIf(process.platform === 'win32')(
  'a file that is written or replaced with the time it had has changed, and one that is only read has not',
  async () => {
    const file = await temporaryFile('a.csv', 'id\n1\n')
    const rest = () => new Promise((resolve) => setTimeout(resolve, 20))
    utimesSync(file, 1_600_000_000, 1_600_000_000)
    const before = changeTime(file)
    expect(changeTime(file)).toBe(before)
    await rest()
    writeFileSync(file, 'id\n2\n')
    utimesSync(file, 1_600_000_000, 1_600_000_000)
    const written = changeTime(file)
    expect(written).not.toBe(before)
    writeFileSync(`${file}.new`, 'id\n3\n')
    utimesSync(`${file}.new`, 1_600_000_000, 1_600_000_000)
    await rest()
    renameSync(`${file}.new`, file)
    expect(changeTime(file)).not.toBe(written)
    expect(changeTime(`${file}.new`)).toBe(0)
  },
)
