const numbers = new WeakMap<object, number>()
let last = 0

/** A number that tells an object apart from every other, in the keys of metrics. */
export function numberOf(object: object): number {
  const number = numbers.get(object) ?? ++last
  numbers.set(object, number)
  return number
}
