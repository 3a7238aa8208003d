import type { Socket } from 'node:net'
import { AssayError, type AssayErrorCode, stoppedError, withoutHint } from '../../errors.ts'
import type { MemoryBatch, Value } from '../engine.ts'
import { lostError } from '../lost.ts'
import type {
  EngineSession,
  LastingTables,
  SessionSettings,
  Statement,
  StoredColumn,
  WantedSettings,
} from '../engineSession.ts'
import { type HostAnswer, onMessage, PROTOCOL, type HostRequest, send, type SentError } from './messages.ts'
import { sendable, sentType } from './sendable.ts'

/** Rows that are sent at once; between them a signal to stop is heard. */
const ROWS = 65_536

type AnswerOf<K extends HostAnswer['kind']> = Extract<HostAnswer, { kind: K }>

/**
 * A session that runs in the host of a vitest run (sessionHost.ts): a process that has started the engine serves all test
 * files, each of which would start it anew. Where the host ends, what was asked of it throws `engine-lost`.
 */
export class HostedSession implements EngineSession {
  version = ''
  readonly lasting: LastingTables = {
    isNeededAgain: async (name) => (await this.ask({ kind: 'isNeededAgain', name }, 'is')).is,
    use: async (name) => (await this.ask({ kind: 'use', name }, 'is')).is,
    keep: async (table, name) => void (await this.ask({ kind: 'keep', table, name }, 'kept')),
  }
  private readonly socket: Socket
  private waiting: { resolve(answer: HostAnswer): void; reject(error: Error): void } | undefined
  private appended: readonly StoredColumn[] | undefined

  private constructor(socket: Socket) {
    this.socket = socket
    onMessage<HostAnswer>(socket, (answer) => {
      const { waiting } = this
      this.waiting = undefined
      // Nobody waits for what is read between two queries.
      socket.unref()
      waiting?.resolve(answer)
    })
    socket.on('error', () => {})
    socket.on('close', () => this.waiting?.reject(lostError()))
  }

  /** A session of the host that listens at a path; undefined where none does. */
  static async open(path: string, settings: SessionSettings): Promise<HostedSession | undefined> {
    const socket = await connected(path)
    if (!socket) return undefined
    const session = new HostedSession(socket)
    try {
      session.version = (await session.ask({ kind: 'open', protocol: PROTOCOL, settings }, 'opened')).version
      return session
    } catch {
      socket.destroy()
      return undefined
    }
  }

  async rows(statement: Statement, options: WantedSettings): Promise<readonly (readonly Value[])[]> {
    // Whoever asks has more in his options, such as signals and functions, which are no data.
    const { groupBits, oneThread, unordered, anyThreads } = options
    const suiting = { groupBits, oneThread, unordered, anyThreads }
    return (await this.ask({ kind: 'rows', statement, suiting }, 'rows')).rows
  }

  async numbers(statement: Statement, listOf: (length: number) => Float64Array): Promise<Float64Array> {
    const { numbers } = await this.ask({ kind: 'numbers', statement }, 'numbers')
    const list = listOf(numbers.length)
    list.set(numbers)
    return list.subarray(0, numbers.length)
  }

  async append(
    table: string,
    columns: readonly StoredColumn[],
    { rowCount, values, valid }: MemoryBatch,
    signal: AbortSignal,
  ): Promise<void> {
    for (let start = 0; start < rowCount; start += ROWS) {
      if (signal.aborted) throw stoppedError(signal)
      const end = Math.min(rowCount, start + ROWS)
      const batch: MemoryBatch = {
        rowCount: end - start,
        values: columns.map(({ type }, i) => sendable(type, values[i] ?? [], start, end)),
        ...(valid ? { valid: valid.map((bits) => bits && { ...bits, offset: bits.offset + start }) } : {}),
      }
      const isKnown = this.appended === columns
      this.appended = columns
      const sent = isKnown ? undefined : columns.map(({ name, type }) => ({ name, type: sentType(type) }))
      await this.ask({ kind: 'append', table, batch, columns: sent }, 'appended')
    }
  }

  interrupt(): void {
    if (this.waiting) send(this.socket, { kind: 'interrupt' })
  }

  /** Nobody asks it of a test file. */
  progress(): undefined {
    return undefined
  }

  async close(): Promise<void> {
    this.socket.destroy()
  }

  private async ask<K extends HostAnswer['kind']>(request: HostRequest, kind: K): Promise<AnswerOf<K>> {
    const answer = await new Promise<HostAnswer>((resolve, reject) => {
      if (this.socket.destroyed) return reject(lostError())
      send(this.socket, request)
      this.waiting = { resolve, reject }
      this.socket.ref()
    })
    if (answer.kind === 'failed') throw receivedError(answer.error)
    if (answer.kind !== kind) throw new Error(`the engine's host answers ${answer.kind} to ${request.kind}`)
    return answer as AnswerOf<K>
  }
}

function connected(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    // It loads with the first session.
    const socket = process.getBuiltinModule('node:net').connect(path)
    const failed = () => resolve(undefined)
    socket.once('error', failed)
    socket.once('connect', () => {
      socket.off('error', failed)
      resolve(socket)
    })
  })
}

function receivedError({ message, code, hint, discreet }: SentError): Error {
  if (code === undefined) return new Error(message)
  return new AssayError(code as AssayErrorCode, withoutHint({ message, hint }), { hint, discreet })
}
