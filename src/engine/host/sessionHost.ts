import type { Socket } from 'node:net'
import { AssayError, textOf } from '../../errors.ts'
import { setTimeout } from '../../realTimers.ts'
import { endsEngine } from '../lost.ts'
import type { EngineSession, SessionSettings, StoredColumn } from '../engineSession.ts'
import { type HostAnswer, onMessage, PROTOCOL, type HostRequest, send, type SentError } from './messages.ts'

/** A session that can serve another client once one has gone. */
export interface ReusableSession extends EngineSession {
  /** Drops all that a client has made but the lasting tables that it used. */
  renew(): Promise<void>
}

/** Serves clients, each with a session of its own: one that nobody has any more where there is one of its settings, since starting takes long. */
export class SessionHost {
  private readonly idle = new Map<string, ReusableSession[]>()
  private readonly openSession: (settings: SessionSettings) => Promise<ReusableSession>

  constructor(openSession: (settings: SessionSettings) => Promise<ReusableSession>) {
    this.openSession = openSession
  }

  /** Serves a client until its socket closes, and its session is there for others. */
  serve(socket: Socket): Promise<void> {
    const client = new Client(this, socket)
    socket.on('error', () => {})
    onMessage<HostRequest>(socket, (request) => void client.receive(request))
    return new Promise((resolve) => void socket.on('close', () => void client.leave().finally(resolve)))
  }

  async take(settings: SessionSettings): Promise<ReusableSession> {
    return this.idle.get(keyOf(settings))?.pop() ?? this.openSession(settings)
  }

  /** Takes a session back. Closes one that met an error of its own, or cannot be made as good as new. */
  async giveBack(settings: SessionSettings, session: ReusableSession, isLost: boolean): Promise<void> {
    try {
      if (isLost) return await session.close()
      await session.renew()
      const key = keyOf(settings)
      this.idle.set(key, [...(this.idle.get(key) ?? []), session])
    } catch {
      await session.close().catch(() => {})
    }
  }
}

const keyOf = ({ threads, memoryMB }: SessionSettings): string => `${threads} ${memoryMB}`

/** Who is at the other end of a socket. */
class Client {
  private readonly host: SessionHost
  private readonly socket: Socket
  private opened: { readonly settings: SessionSettings; readonly session: ReusableSession } | undefined
  private columns: readonly StoredColumn[] = []
  private running: Promise<void> | undefined
  private isLost = false
  private hasLeft = false

  constructor(host: SessionHost, socket: Socket) {
    this.host = host
    this.socket = socket
  }

  async receive(request: HostRequest): Promise<void> {
    if (request.kind === 'interrupt') {
      if (this.running) this.opened?.session.interrupt()
      return
    }
    const work = this.answer(request).catch((cause: unknown): HostAnswer => {
      if (endsEngine(cause)) this.isLost = true
      return { kind: 'failed', error: sentError(cause) }
    })
    this.running = work.then((answer) => {
      // Before the answer is there: what the client says next is of what it asks next.
      this.running = undefined
      if (!this.hasLeft) send(this.socket, answer)
    })
    // An answer that cannot be sent would be waited for.
    await this.running.catch(() => this.socket.destroy())
  }

  /** Ends what runs for it, and lets another have its session. */
  async leave(): Promise<void> {
    this.hasLeft = true
    while (this.running) {
      this.opened?.session.interrupt()
      await Promise.race([this.running, pause()])
    }
    const { opened } = this
    this.opened = undefined
    if (opened) await this.host.giveBack(opened.settings, opened.session, this.isLost)
  }

  private async answer(request: Exclude<HostRequest, { kind: 'interrupt' }>): Promise<HostAnswer> {
    if (request.kind === 'open') {
      const { protocol, settings } = request
      if (protocol !== PROTOCOL) throw new Error(`this host speaks protocol ${PROTOCOL}, not ${protocol}`)
      this.opened = { settings, session: await this.host.take(settings) }
      return { kind: 'opened', version: this.opened.session.version }
    }
    const session = this.opened?.session
    if (!session) throw new Error('nothing is open')
    switch (request.kind) {
      case 'rows':
        return { kind: 'rows', rows: await session.rows(request.statement, request.suiting) }
      case 'numbers':
        return {
          kind: 'numbers',
          numbers: await session.numbers(request.statement, (length) => new Float64Array(length)),
        }
      case 'append': {
        this.columns = request.columns ?? this.columns
        await session.append(request.table, this.columns, request.batch, new AbortController().signal)
        return { kind: 'appended' }
      }
      case 'isNeededAgain':
      case 'use':
        return { kind: 'is', is: await session.lasting[request.kind](request.name) }
      case 'keep':
        await session.lasting.keep(request.table, request.name)
        return { kind: 'kept' }
    }
  }
}

/** How long an interrupt is waited for before it is said again, in ms. */
const AGAIN = 20
const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, AGAIN))

function sentError(cause: unknown): SentError {
  if (!(cause instanceof AssayError)) return { message: textOf(cause) }
  const { message, code, hint, discreet } = cause
  return { message, code, hint, discreet }
}
