import { AssayError, textOf } from '../errors.ts'
import { now as machineTime } from '../realTimers.ts'

const DAY = 86_400_000

/** The one instant of the run, taken in the main process; outside a run, this moment. Throws an AssayError for what is given as one and is none. */
export function runInstant(): Date {
  const { ASSAY_NOW: instantText } = process.env
  const instant = new Date(instantText ?? machineTime())
  if (!Number.isNaN(instant.getTime())) return instant
  throw new AssayError('wrong-argument', `the environment has ASSAY_NOW=${textOf(instantText)}, which is no instant`, {
    hint: 'give one as ISO 8601 writes it, ASSAY_NOW=2026-01-31T09:00:00Z, or none for the present one',
  })
}

/** The instant that decides whether something is over: neither an instant that was given nor a fake clock sets it back. */
export function deadlineTime(now: Date): Date {
  const given = now.getTime()
  return new Date(Number.isNaN(given) ? machineTime() : Math.max(given, machineTime()))
}

/** What a reader should know of a run whose instant is not that of the machine's clock. */
export function clockNotes(at: string): string[] {
  const machine = machineTime()
  const away = Math.abs(Date.parse(at) - machine)
  if (away <= DAY) return []
  const clock = new Date(machine).toISOString()
  return [
    `times were compared with ${at}, which was given (ASSAY_NOW, now), and not with the clock's ${clock}; waivers end by the later of the two`,
  ]
}
