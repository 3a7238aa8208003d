export { valuesBetween } from './valuesBetween.ts'
