// Written without Intl: the first use of its tables costs a process more than ten milliseconds.

/** Digits in groups of three: `1,284,310`. */
export function grouped(digits: string, separator = ','): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, separator)
}

/** A number as messages show it: thousands apart, at most 6 digits after the point. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e15)) return String(Number(value.toPrecision(6)))
  const [whole = '', fraction] = String(Number(Math.abs(value).toFixed(6))).split('.')
  return `${value < 0 ? '-' : ''}${grouped(whole)}${fraction === undefined ? '' : `.${fraction}`}`
}

/** How many there are of something: `1 row`, `1,284,310 rows`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`
}

/** A share as messages show it: never rounded to 0 % or 100 % when it is neither. */
export function shareText(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`
  const digits =
    share > 0.1 && share < 0.9 ? 1 : Math.min(8, Math.max(2, Math.ceil(-Math.log10(Math.min(share, 1 - share))) - 1))
  return `${(100 * share).toFixed(digits)} %`
}
