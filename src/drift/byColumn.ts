import { valueText } from '../checks/receiver.ts'
import { wrongArgument } from '../errors.ts'
import { isPlainObject } from '../options.ts'

/** A setting for all columns, or by column; `'*'` stands for those that are not named. */
export type ByColumn<T> = T | Readonly<Record<string, T>>

/** Stands for every column that a setting does not name. */
export const OTHERS = '*'

/** The setting of a column: its own, else that of the others, else the one for all. */
export function settingOf<T extends string | number>(setting: ByColumn<T> | undefined, column: string): T | undefined {
  if (typeof setting !== 'object') return setting
  if (Object.hasOwn(setting, column)) return setting[column]
  return Object.hasOwn(setting, OTHERS) ? setting[OTHERS] : undefined
}

/** The values of a setting with the words that name their column, and its name. */
export function settingsIn<T extends string | number>(
  name: 'limit' | 'method' | 'confidence' | 'onInconclusive',
  setting: ByColumn<T> | undefined,
): readonly [of: string, value: T, column?: string][] {
  if (setting === undefined) return []
  if (typeof setting !== 'object' || setting === null) return [['', setting]]
  if (!isPlainObject(setting))
    throw wrong(`got ${name}: ${valueText(setting)}`, `${name} is one value for all columns, or { '*': …, column: … }`)
  return Object.entries(setting).map(([name, value]) => [` for column ${JSON.stringify(name)}`, value, name])
}

const wrong = wrongArgument('noDriftFrom')
