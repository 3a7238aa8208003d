import type { Socket } from 'node:net'
import type { MemoryBatch, Value } from '../engine.ts'
import type { SessionSettings, Statement, StoredColumn, WantedSettings } from '../engineSession.ts'

/** Of which kind messages are: another copy of the package in a run may have others. */
export const PROTOCOL = 1

/** What a session is asked over a socket, one thing after another; only `interrupt` comes while it does another. */
export type HostRequest =
  | { readonly kind: 'open'; readonly protocol: number; readonly settings: SessionSettings }
  | { readonly kind: 'rows'; readonly statement: Statement; readonly suiting: WantedSettings }
  | { readonly kind: 'numbers'; readonly statement: Statement }
  /** `columns` are those of the `append` before where they are left out. */
  | {
      readonly kind: 'append'
      readonly table: string
      readonly columns?: readonly StoredColumn[] | undefined
      readonly batch: MemoryBatch
    }
  | { readonly kind: 'isNeededAgain' | 'use'; readonly name: string }
  | { readonly kind: 'keep'; readonly table: string; readonly name: string }
  | { readonly kind: 'interrupt' }

/** What it answers to each but `interrupt`. */
export type HostAnswer =
  | { readonly kind: 'opened'; readonly version: string }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly Value[])[] }
  | { readonly kind: 'numbers'; readonly numbers: Float64Array }
  | { readonly kind: 'appended' }
  | { readonly kind: 'is'; readonly is: boolean }
  | { readonly kind: 'kept' }
  | { readonly kind: 'failed'; readonly error: SentError }

/** An error as it goes over a socket; one of ours has a code. */
export interface SentError {
  readonly message: string
  readonly code?: string
  readonly hint?: string | undefined
  readonly discreet?: string | undefined
}

const LENGTH = 4

// It loads with the first message.
const v8 = (): typeof import('node:v8') => process.getBuiltinModule('node:v8')

/** Writes a message: its length, then its bytes. Throws for what is no data, such as a function. */
export function send(socket: Socket, message: HostRequest | HostAnswer): void {
  const bytes = v8().serialize(message)
  const length = Buffer.alloc(LENGTH)
  length.writeUInt32LE(bytes.length)
  socket.cork()
  socket.write(length)
  socket.write(bytes)
  socket.uncork()
}

/** Calls back for each message that is whole. */
export function onMessage<T extends HostRequest | HostAnswer>(socket: Socket, listener: (message: T) => void): void {
  let parts: Buffer[] = []
  let held = 0
  let wanted = LENGTH
  let isLength = true
  socket.on('data', (part: Buffer) => {
    parts.push(part)
    held += part.length
    while (held >= wanted) {
      const all = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, held)
      const whole = all.subarray(0, wanted)
      parts = [all.subarray(wanted)]
      held -= wanted
      wanted = isLength ? whole.readUInt32LE() : LENGTH
      isLength = !isLength
      if (isLength) listener(v8().deserialize(whole) as T)
    }
  })
}
