import { ancestryOf, rootOf } from '../dataset/opened.ts'
import { type Dataset, isDataset } from '../dataset/model.ts'
import { type DerivedColumns, derivedPersonal } from '../dataset/derivedColumns.ts'

/** A dataset as results name it. */
export interface NamedDataset {
  readonly name: string
  readonly source: string
}

/** Which columns of a dataset were said to be personal, for whoever puts a run together. */
export interface PersonalColumns extends NamedDataset {
  readonly columns: readonly string[]
  /** Of a query: what it reads, of which other test files may say more. */
  readonly derived?: {
    readonly from: readonly NamedDataset[]
    readonly text: string
    /** Absent where it was not opened, or its author says which of its columns are personal. */
    readonly columns?: DerivedColumns | undefined
    /** How its source is told where a column of what it reads is personal. */
    readonly hidden: string
  }
}

/** What is known now of a dataset's personal columns, and of those of all that it was made of; none where it is nothing. */
export function personalColumnsOf(dataset: Dataset): readonly PersonalColumns[] {
  const { name, source, pii: columns } = dataset
  const ancestry = ancestryOf(dataset)
  if (!ancestry) return columns.length > 0 ? [{ name, source, columns }] : []
  const inputs = ancestry.inputs.filter(isDataset).map((input) => rootOf(input))
  const from = inputs.map((input) => ({ name: input.name, source: input.source }))
  const { text, columns: derivedColumns, hidden } = ancestry
  const own = { name, source, columns, derived: { from, text, hidden, columns: derivedColumns } }
  return [own, ...inputs.flatMap(personalColumnsOf)]
}

/** What a run knows of personal columns, put together: a column that one test file tags is personal in all queries over it. */
export class KnownPersonal {
  /** Columns and other names, which may be told. */
  readonly names: ReadonlySet<string>
  readonly columns: readonly string[]
  private readonly known: readonly PersonalColumns[]
  private readonly hidden = new Map<string, string>()

  constructor(pushed: readonly PersonalColumns[]) {
    this.known = withDerived(pushed)
    for (const { source, derived } of this.known)
      if (derived && this.ofAny(derived.from).length > 0) this.hidden.set(source, derived.hidden)
    this.columns = [...new Set(this.known.flatMap(({ columns }) => columns))]
    this.names = new Set(this.known.flatMap(({ name, source, columns }) => [name, this.source(source), ...columns]))
  }

  /** The personal columns of whichever of these datasets. */
  ofAny(datasets: readonly NamedDataset[]): readonly string[] {
    return ofAny(this.known, datasets)
  }

  /** A source as it may be told. */
  source(words: string): string {
    return this.hidden.get(words) ?? words
  }

  /** A text in which sources stand as they may be told. */
  text(words: string): string {
    return [...this.hidden].reduce((text, [source, hidden]) => text.replaceAll(source, () => hidden), words)
  }
}

/** With the columns of queries that are personal because of what all of them say together. */
function withDerived(pushed: readonly PersonalColumns[]): readonly PersonalColumns[] {
  const more = pushed.map((entry): PersonalColumns => {
    const { derived, columns } = entry
    if (!derived?.columns) return entry
    const own = derivedPersonal(derived.text, derived.columns, ofAny(pushed, derived.from))
    return { ...entry, columns: [...new Set([...columns, ...own])] }
  })
  // A query of a query hears of it a step later.
  return more.every(({ columns }, i) => columns.length === pushed[i]?.columns.length) ? pushed : withDerived(more)
}

function ofAny(known: readonly PersonalColumns[], datasets: readonly NamedDataset[]): readonly string[] {
  const names = new Set(datasets.map(({ name }) => name))
  const sources = new Set(datasets.map(({ source }) => source))
  const about = known.filter(({ name, source }) => names.has(name) || sources.has(source))
  return [...new Set(about.flatMap(({ columns }) => columns))]
}
