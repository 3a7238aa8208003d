import type { Dataset } from '../../dataset/dataset.ts'

/** A value as JSON and YAML hold it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** Who asks: for errors, and for what a parameter takes from the dataset where nothing is said. */
export interface Asking {
  /** The kind of check, as it is called. */
  readonly asker: string
  readonly dataset: Pick<Dataset, 'name' | 'key'>
  /** The folder that relative paths count from, where it is not the working folder. */
  readonly folder?: string | undefined
}

/**
 * A parameter of a kind of check, said once: how it is written, checked, shown and kept as JSON. `A` is how it stands
 * among the arguments of the function and the matcher.
 */
export interface Parameter<N extends string = string, V = unknown, A extends readonly unknown[] = readonly unknown[]> {
  readonly name: N
  /** What it says, in half a sentence. */
  readonly doc: string
  /** Its type, as TypeScript writes it. */
  readonly type: string
  /** An example of it in code. */
  readonly example: string
  /** Whether another value of it is another statement, or the same with another limit. */
  readonly role: 'asked' | 'limit'
  /** What holds where nothing is said, in words; absent where it must be said. */
  readonly default?: string
  /** The value that was asked for. Throws an AssayError that says what was asked, what was found and what to try. */
  parse(value: unknown, asking: Asking): V
  /** As it stands in a contract; undefined where it need not. Throws an AssayError for what JSON cannot hold. */
  toJSON(value: V, place?: { readonly folder?: string | undefined }): Json | undefined
  /** What `parse` takes, of what stands in a contract; default: the same. */
  fromJSON?(json: Json, asking: Asking): unknown
  /** What tells values apart; default: the value. */
  identity?(value: V): unknown
  /** Other datasets that it names. */
  inputs?(value: V): readonly Dataset[]
  /** Never there: how it stands among the arguments. */
  readonly takes?: A
}

export type Parameters = readonly Parameter[]

/** The values of parameters by name. */
export type Named<P extends Parameters> = {
  readonly [K in P[number] as K['name']]: K extends Parameter<string, infer V, infer _> ? V : never
}

type ArgumentsOf<T> = T extends Parameter<string, infer _, infer A> ? A : never

/** The arguments that parameters stand for. */
export type Arguments<P extends Parameters> = P extends readonly [infer First, ...infer Rest extends Parameters]
  ? [...ArgumentsOf<First>, ...Arguments<Rest>]
  : []

/** An option: a parameter that is told by name, and may be left out. */
export interface Option<N extends string = string, V = unknown> extends Parameter<N, V> {
  /** What holds where nothing is said. */
  readonly absent: V
}

/** The options of a kind; `O` is the type of the object that holds them. */
export interface OptionSet<O = object> {
  readonly list: readonly Option[]
  /** Never there. */
  readonly type?: O
}

/** Options that are typed by `O`. */
export function options<O>(...list: readonly Option[]): OptionSet<O> {
  return { list }
}
