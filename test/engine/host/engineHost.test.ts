import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { expect, test } from 'vitest'
import { EngineHost } from '../../../src/engine/host/engineHost.ts'
import { temporarySubfolder } from '../../../src/engine/temporary.ts'

/** Resolves once the other end is closed. */
function client(place: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(place)
    socket.on('error', () => {})
    socket.on('close', () => resolve())
    socket.resume()
  })
}

test.each([
  ['at once', 'process.exit(3)'],
  ['with the first', "process.on('message', () => process.exit(3))"],
])('clients of a host that ends %s hear so, all of them', async (_, program) => {
  const file = path.join(temporarySubfolder('host'), 'ends.mjs')
  writeFileSync(file, program)
  for (let round = 0; round < 3; round++) {
    const host = new EngineHost(file)
    const place = await host.listen()
    const ended = await Promise.all(Array.from({ length: 12 }, () => client(String(place))))
    expect(ended).toHaveLength(12)
    await client(String(place))
    await host.close()
  }
})
