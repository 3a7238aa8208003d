import { constraints } from './data.mjs'

/** The constraints as checks of this package. */
export function checksOf(assay, data) {
  const makers = {
    notnull: (column) => assay.noMissing(column),
    range: (column, { min, max }) => assay.valuesBetween(column, { min, max }),
    set: (column, { values }) => assay.valuesIn(column, values),
    regex: (column, { pattern }) => assay.valuesMatching(column, new RegExp(pattern, 'u')),
    length: (column, { min, max }) => assay.valueLengthBetween(column, { min, max }),
    unique: (column, { column: name }) => assay.uniqueKey(data, [name]),
  }
  return {
    names: constraints.map(({ name }) => name),
    checks: constraints.map((one) => makers[one.kind](data.column(one.column), one)),
  }
}
