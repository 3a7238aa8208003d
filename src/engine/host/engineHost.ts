import { type ChildProcess, fork } from 'node:child_process'
import { createServer, type Server, type Socket } from 'node:net'
import path from 'node:path'
import { clearTimeout, setTimeout } from '../../realTimers.ts'
import { temporarySubfolder } from '../temporary.ts'

/** How long it may take to end by itself, in ms. */
const ENDING = 2000

/**
 * The main process's end of a host of engines: it listens, and starts the host when the first worker comes. Workers do
 * without where there is none, or it has ended.
 */
export class EngineHost {
  private readonly file: string
  private server: Server | undefined
  private child: ChildProcess | undefined
  private hasEnded = false
  /** Those who are sent to the host, in order, until it has taken them: where it ends before, nobody else closes them. */
  private readonly sent = new Set<Socket>()

  /** `file` is what the host's process runs. */
  constructor(file: string) {
    this.file = file
  }

  /** Where workers find it; undefined where it cannot listen. */
  async listen(): Promise<string | undefined> {
    if (this.server) return this.server.address() as string
    try {
      const place = path.join(temporarySubfolder('engine'), 'socket')
      const server = createServer({ pauseOnConnect: true }, (socket) => this.handOver(socket))
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(place, resolve)
      })
      server.unref()
      this.server = server
      return place
    } catch {
      return undefined
    }
  }

  /** Ends it with all that runs there, and waits until it has ended. */
  async close(): Promise<void> {
    const { child, server } = this
    this.child = undefined
    this.server = undefined
    this.hasEnded = false
    server?.close()
    if (!child || child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
    const ended = new Promise((resolve) => void child.once('exit', resolve))
    child.ref()
    if (child.connected) child.disconnect()
    const timer = setTimeout(() => child.kill('SIGKILL'), ENDING)
    await ended
    clearTimeout(timer)
  }

  private handOver(socket: Socket): void {
    socket.on('error', () => {})
    if (this.hasEnded) return void socket.destroy()
    this.child ??= this.start()
    this.sent.add(socket)
    // One that Node lets go of when it sends it could not be closed any more where that fails.
    this.child.send('client', socket, { keepOpen: true }, (error) => {
      if (error) this.letGo(socket)
    })
  }

  /** Closes this process's end only, where the host has one too. */
  private letGo(socket: Socket): void {
    this.sent.delete(socket)
    socket.destroy()
  }

  private start(): ChildProcess {
    const child = fork(this.file, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const ended = (): void => {
      // One that was not asked to is not started again: what ended it once would do so again.
      if (this.child === child) this.hasEnded = true
      for (const socket of this.sent) this.letGo(socket)
    }
    child.on('message', () => {
      const [taken] = this.sent
      if (taken) this.letGo(taken)
    })
    child.once('error', ended)
    child.once('exit', ended)
    child.unref()
    child.channel?.unref()
    return child
  }
}
