type Random = () => number

export const name: string
export const ending: string
export const options: { readonly format: string; readonly delimiter: string }
export function make(random: Random): Buffer
export function mutate(random: Random, bytes: Buffer): Buffer
export function reference(
  bytes: Buffer,
):
  | { readonly problem: string }
  | { readonly problem?: undefined; readonly unsure: true }
  | { readonly problem?: undefined; readonly names: string[]; readonly rows: string[][]; readonly lines: number[] }
