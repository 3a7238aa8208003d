import { BroadcastChannel, isMainThread, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { refuseQueries, stopQueries } from './running.ts'
import { now } from '../realTimers.ts'

type Message = 'busy' | 'idle' | 'stop'

const name = 'assay.queries'
const WAIT = 3000

/**
 * In a worker thread: tells the main thread whether queries run, and stops them when it says so. Returns what to call
 * when the first query begins and when the last has ended; does nothing elsewhere.
 */
export function reportQueries(): (busy: boolean) => void {
  if (isMainThread) return () => {}
  const channel = new BroadcastChannel(name)
  channel.unref()
  channel.onmessage = (event) => {
    if ((event as { data: Message }).data !== 'stop') return
    refuseQueries('the run is ending')
    void stopQueries('the run is ending')
  }
  return (busy) => channel.postMessage(busy ? 'busy' : 'idle')
}

/**
 * In the main thread: a process that exits waits for the queries of its worker threads, maybe for ever. Stops them
 * first, whatever ends the process.
 */
export function stopThreadsOnExit(): void {
  const channel = new BroadcastChannel(name)
  channel.unref()
  let busy = 0
  const count = (message: Message): void => {
    if (message !== 'stop') busy += message === 'busy' ? 1 : -1
  }
  // Its types lag behind: Node takes a channel here too.
  const next = () => receiveMessageOnPort(channel as unknown as MessagePort) as { message: Message } | undefined
  channel.onmessage = (event) => count((event as { data: Message }).data)
  process.on('exit', () => {
    const until = now() + WAIT
    const sleep = new Int32Array(new SharedArrayBuffer(4))
    for (let posted = false; now() < until; Atomics.wait(sleep, 0, 0, 10)) {
      for (let got = next(); got; got = next()) count(got.message)
      if (busy <= 0) return
      if (!posted) channel.postMessage('stop')
      posted = true
    }
  })
}
