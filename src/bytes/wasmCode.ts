import type { Instruction } from './wasm.ts'

/** Instructions one after another. */
export type Code = readonly Instruction[]

/** A number. */
export const int = (value: number): Instruction => ['i32.const', value]

/** Leaves so many blocks, or begins a loop anew, where a condition holds. */
export const leaveIf = (depth: number, ...condition: Code): Code => [...condition, ['br_if', depth]]

/** The places of locals by their names, parted by spaces: parameters, integers, then vectors. */
export function localsOf(names: string) {
  const places = new Map(names.split(' ').map((name, i) => [name, i]))
  const at = (name: string): number => {
    const place = places.get(name)
    if (place === undefined) throw new Error(`no local is called ${name}`)
    return place
  }
  const get = (name: string): Instruction => ['local.get', at(name)]
  const set = (name: string): Instruction => ['local.set', at(name)]
  return {
    get,
    tee: (name: string): Instruction => ['local.tee', at(name)],
    setTo: (name: string, ...value: Code): Code => [...value, set(name)],
    add: (name: string, ...value: Code): Code => [get(name), ...value, 'i32.add', set(name)],
    keep: (name: string, ...mask: Code): Code => [get(name), ...mask, 'i32.and', set(name)],
    /** The bits under the lowest of some. */
    under: (name: string): Code => [get(name), int(0), get(name), 'i32.sub', 'i32.and', int(1), 'i32.sub'],
  }
}
