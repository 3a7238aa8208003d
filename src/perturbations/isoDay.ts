import { isCalendarDay } from '../words/text/calendar.ts'

const DAY = 86_400_000

/** An ISO date so many days later; nothing for a day that is in no calendar, and beyond the years that are written so. */
export function shiftedDay(day: string, days: number): string | undefined {
  if (!isCalendarDay(day)) return undefined
  const moved = new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY)
  const year = moved.getUTCFullYear()
  return year >= 0 && year <= 9999 ? moved.toISOString().slice(0, 10) : undefined
}

/** A Date so many days later; nothing where there is none. */
export function shiftedTime(date: Date, days: number): Date | undefined {
  const moved = new Date(date.getTime() + days * DAY)
  return Number.isNaN(moved.getTime()) ? undefined : moved
}
