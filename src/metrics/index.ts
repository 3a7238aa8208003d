export { countWhere } from './countWhere.ts'
export { duplicates } from './duplicates.ts'
export { missingCount } from './missingCount.ts'
export { rowCount } from './rowCount.ts'
