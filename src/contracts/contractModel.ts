/** A contract as it is kept in a file: JSON Schema 2020-12 with the `x-assay` vocabulary. */
export type Contract = Readonly<Record<string, unknown>>
