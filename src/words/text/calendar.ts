/** Whether a text says a day of the calendar, as `YYYY-MM-DD`: the 30th of February would be a day in March. */
export function isCalendarDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text
}
