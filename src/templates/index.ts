export { lexicons } from '../lexicons/lexicons.ts'
export { type Fill, template, type TemplateOptions } from './template.ts'
