/** Whether a number of JavaScript or JSON is an integer that it holds exactly: 1.0 is one, -0 is not. */
export function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0)
}
