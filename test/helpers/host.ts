import { createServer, type Socket } from 'node:net'
import path from 'node:path'
import { DuckDBSession } from '../../src/engine/duckdbSession.ts'
import { SessionHost } from '../../src/engine/host/sessionHost.ts'
import { temporarySubfolder } from '../../src/engine/temporary.ts'

/** A host of engines in this process, and how often it started one. */
export async function startHost() {
  const started = { count: 0 }
  const host = new SessionHost((settings) => {
    started.count++
    return DuckDBSession.open(settings)
  })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    void host.serve(socket).then(() => sockets.delete(socket))
  })
  const place = path.join(temporarySubfolder('host'), 'socket')
  await new Promise<void>((resolve) => void server.listen(place, resolve))
  const drop = (): void => sockets.forEach((socket) => socket.destroy())
  const close = (): Promise<void> => {
    drop()
    return new Promise((resolve) => void server.close(() => resolve()))
  }
  return { place, started, drop, close, clients: () => sockets.size }
}
