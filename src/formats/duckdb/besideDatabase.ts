/** The files beside a DuckDB file that belong to it: what was written and is not in the file yet. */
export const besideDatabase = (file: string): readonly string[] => [`${file}.wal`]
