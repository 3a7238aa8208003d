import type { QueryOptions, RowPlace } from '../../engine/engine.ts'

/** A file that knows at which physical lines its rows (from 1) begin. */
export interface FileOfRows {
  readonly file: string
  linesOf(rows: readonly number[], options?: QueryOptions): Promise<readonly number[]>
}

/** The physical lines at which rows of several files begin; rows that name no file are those of the first. */
export async function linesInFiles(
  files: readonly FileOfRows[],
  places: readonly RowPlace[],
  options?: QueryOptions,
): Promise<readonly number[]> {
  const fileOf = ({ file }: RowPlace): FileOfRows | undefined => files.find((one) => one.file === file) ?? files[0]
  const lines = new Map<FileOfRows | undefined, ReadonlyMap<number, number>>()
  for (const one of new Set(places.map(fileOf))) {
    const wanted = places.filter((place) => fileOf(place) === one).map(({ row }) => row)
    const found = (await one?.linesOf(wanted, options)) ?? []
    lines.set(one, new Map(wanted.map((row, i) => [row, found[i] ?? 0])))
  }
  return places.map((place) => lines.get(fileOf(place))?.get(place.row) ?? 0)
}
