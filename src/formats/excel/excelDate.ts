const DAY = 86_400_000
/** Midnight of the day 0 of workbooks whose days count from 1900, and of the one after it. */
const ZERO = Date.UTC(1899, 11, 30)
const ONE = ZERO + DAY
/** The 29th of February 1900, which Excel counts and no calendar has. */
const LEAP = ZERO + 60 * DAY
const END = Date.UTC(10_000, 0, 1)

/** Why `excelDate` finds no instant in a cell. */
export const NO_DATE = 'the cell is formatted as a date, and its number is no day that Excel shows'

/** The instant of a number of days, as the reader makes it of those whose format it knows. */
export function dateOfDays(days: number, from1904: boolean): Date {
  return new Date((from1904 ? Date.UTC(1904, 0, 1) : ZERO) + Math.round(days * DAY))
}

/**
 * The instant that Excel shows for a cell, of the one that its reader makes by counting days from 1899-12-30; null for a
 * number that is no day. Excel takes 1900 for a leap year, so that its days before March are one later.
 */
export function excelDate(read: Date): Date | null {
  const time = wholeSecond(read.getTime())
  if (!(time >= ZERO && time < END) || (time >= LEAP && time < LEAP + DAY)) return null
  return new Date(time >= ONE && time < LEAP ? time + DAY : time)
}

/** Workbooks hold days as floating numbers, and the reader rounds down: 12:34:56 becomes 12:34:55.999. */
const wholeSecond = (time: number): number => (((time % 1000) + 1000) % 1000 === 999 ? time + 1 : time)
