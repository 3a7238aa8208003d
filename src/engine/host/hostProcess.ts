// The process that the engines of a vitest run's workers live in: it is handed their sockets, and ends with the process
// that started it.
import type { Socket } from 'node:net'
import { DuckDBSession } from '../duckdbSession.ts'
import { SessionHost } from './sessionHost.ts'

const host = new SessionHost((settings) => DuckDBSession.open(settings))
process.on('message', (_, socket) => {
  process.send?.('taken')
  if (!socket) return
  void host.serve(socket as Socket)
  ;(socket as Socket).resume()
})
process.on('disconnect', () => {
  // After what others do at the end, and without waiting for what still runs.
  process.on('exit', () => process.kill(process.pid, 'SIGKILL'))
  process.exit()
})
// The keyboard's signal goes to all processes of a run, and it is the run that decides what it means.
process.on('SIGINT', () => {})
