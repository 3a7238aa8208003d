import { statusOrder } from '../../../src/results/checkResult.ts'
import { cells, packedFields } from '../checkRow.ts'
import { checkTable } from './checkTable.ts'
import { enhance, type ScriptParts } from './enhance.ts'
import { matching } from './matching.ts'
import { ordered } from './ordered.ts'
import type { PageFacts } from './pageFacts.ts'
import { rowElement } from './rowElement.ts'
import { tableBody } from './tableBody.ts'
import { tableControls } from './tableControls.ts'
import { filterHash, filterOf } from './tableFilter.ts'
import { tableRows } from './tableRows.ts'

const facts: PageFacts = { statuses: statusOrder, cells, fields: packedFields, page: 200 }

/** Their texts are put into the page: each names nothing outside itself but what a browser has, and is handed the others. */
const parts: ScriptParts = {
  checkTable,
  filterHash,
  filterOf,
  matching,
  ordered,
  rowElement,
  tableBody,
  tableControls,
  tableRows,
}

/** The one script of the report, as it stands in the page, which is complete without it. */
export const script: string = `(() => {
'use strict'
const parts = {
${Object.entries(parts)
  .map(([name, part]) => `${name}: ${part}`)
  .join(',\n')}
}
;(${String(enhance)})(parts, ${JSON.stringify(facts)})
})()`
