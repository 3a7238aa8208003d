export * from './checkResult.ts'
export * from './runDocument.ts'
