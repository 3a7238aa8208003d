/** How the command line takes an option: after its flag, or by the flag alone. */
export type FlagForm =
  | { readonly as: 'text' | 'number' | 'list' | 'pairs' | 'place'; readonly value: string }
  /** The flag sets it. */
  | { readonly as: 'on' }
  /** The flag `--no-…` unsets what is set by default. */
  | { readonly as: 'off' }

/** An option of a source, declared once: its type, its check, the option of `dataset()` and the flag follow. */
export interface SourceOption<T> {
  readonly fits: (value: unknown) => value is T
  /** What it takes, in words. */
  readonly takes: string
  /** A line of the command line's help. */
  readonly help: string
  readonly flag: FlagForm
  /** Throws an AssayError that says more than `takes` does; `what` is whose option it is. */
  readonly check?: (value: never, what: string) => void
  /** It says which part of a file is read, and stands beside the file in what the source is called. */
  readonly part?: boolean
}

/** The options of a source by name. */
export type Options = Readonly<Record<string, SourceOption<unknown>>>

/** The declarations of options of these types: the interface says the types and what they mean, this how they are checked. */
export type DeclaredOption<O> = { readonly [K in keyof O]-?: SourceOption<Exclude<O[K], undefined>> }

/** All members of a union in one type. */
export type AllMembers<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer A) => void ? A : never

type Declaration = Pick<SourceOption<never>, 'help' | 'check' | 'part'> & { readonly value: string }

/** Text that is not empty. */
export const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** An option that is text. */
export const text = ({ value, ...rest }: Declaration & { readonly takes?: string }): SourceOption<string> => ({
  fits: isText,
  takes: 'text',
  flag: { as: 'text', value },
  ...rest,
})

/** An option that is on or off; `usual` is what it is by default. */
export const yesNo = (usual: boolean, help: string): SourceOption<boolean> => ({
  fits: (value) => typeof value === 'boolean',
  takes: 'true or false',
  help,
  flag: { as: usual ? 'off' : 'on' },
})

/** An option that is a whole number of at least `least`. */
export const whole = (
  least: number,
  { value, ...rest }: Declaration & { readonly takes: string },
): SourceOption<number> => ({
  fits: (given): given is number => Number.isSafeInteger(given) && Number(given) >= least,
  flag: { as: 'number', value },
  ...rest,
})

/** An option that is the name of a column or a list of names. */
export const names = (help: string): SourceOption<string | readonly string[]> => ({
  fits: (value): value is string | readonly string[] => isText(value) || (Array.isArray(value) && value.every(isText)),
  takes: 'the name of a column or a list of names',
  help,
  flag: { as: 'list', value: 'columns' },
})
