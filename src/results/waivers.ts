import { readFile } from 'node:fs/promises'
import { whatJsonLoses } from '../bytes/jsonFaults.ts'
import { isNothing, sizeOf } from '../bytes/regularFile.ts'
import { AssayError, firstLine } from '../errors.ts'
import { isCalendarDay } from '../words/text/calendar.ts'
import { CEILINGS, readCeiling } from './ceiling.ts'
import { isResultId } from './resultId.ts'
import { isObject } from '../options.ts'

/** Somebody's promise to live with a known failure until a day. */
export interface Waiver {
  /** Id of the result that fails, as reports show it. */
  readonly check: string
  readonly owner: string
  readonly reason: string
  /** The last day it holds, `YYYY-MM-DD` in UTC. */
  readonly until: string
  /** How far it accepts the failure, inclusive: `3 rows`, `3 cases`, `5 %`, `measured 12.5`. Default: however far. */
  readonly upTo?: string
}

/** The file that is read from the root of a project when none is named. */
export const WAIVERS_FILE = 'assay.waivers.json'

/** The key under which the main process hands the waivers to its workers. */
export const PROVIDED_WAIVERS = 'assay.waivers'

const required = ['check', 'owner', 'reason', 'until'] as const
const fields = [...required, 'upTo']
const example =
  '{ "waivers": [{ "check": "…", "owner": "…", "reason": "…", "until": "2027-01-31", "upTo": "3 rows" }] }'
/** A character that can be seen: no space, no control, filler or mark alone. The published schema has it too. */
const seen = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u
const SHOWN_PROBLEMS = 10

/**
 * The waivers of a file; none when `optional` and the file does not exist.
 * @throws AssayError `missing-file` with the nearest name, or one that names every wrong entry.
 */
export async function readWaivers(file: string, { optional = false } = {}): Promise<readonly Waiver[]> {
  if (optional && isNothing(file)) return []
  await sizeOf(file, 'file of waivers')
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AssayError('unreadable-file', `the waivers cannot be read: ${firstLine(cause)}`, { cause })
  })
  return parseWaivers(text, file)
}

/**
 * The waivers in the text of a file; `file` is its name for messages. Published as `docs/schemas/waivers.schema.json`.
 * @throws AssayError that names every wrong entry.
 */
export function parseWaivers(text: string, file: string = WAIVERS_FILE): readonly Waiver[] {
  let value: unknown
  const json = text.replace(/^\ufeff/, '')
  try {
    value = JSON.parse(json)
  } catch (cause) {
    throw wrong(file, [`it is not JSON: ${firstLine(cause)}`], cause)
  }
  const lost = whatJsonLoses(json, { rounded: true })
  if (lost) throw wrong(file, [`it ${lost.words}`])
  if (!isObject(value) || !Array.isArray(value.waivers)) throw wrong(file, ['it has no list "waivers"'])
  const problems = unknownKeys(value, ['$schema', 'waivers'])
  const places = new Map<string, number>()
  const waivers = value.waivers.map((entry: unknown, i): Waiver | undefined => {
    const own = entryProblems(entry)
    const { check, owner, reason, until, upTo } = (isObject(entry) ? entry : {}) as unknown as Waiver
    const about = `waiver ${i + 1}${typeof check === 'string' && check ? ` (${check})` : ''}`
    problems.push(...own.map((problem) => `${about}: ${problem}`))
    if (own.length > 0) return undefined
    const first = places.get(check)
    if (first !== undefined) problems.push(`${about}: waiver ${first} is of the same check`)
    places.set(check, first ?? i + 1)
    return { check, owner, reason, until, ...(upTo === undefined ? {} : { upTo }) }
  })
  if (problems.length > 0) throw wrong(file, problems)
  return waivers as Waiver[]
}

/** What is wrong with one entry, in words; nothing when it is a waiver. */
export function entryProblems(entry: unknown): string[] {
  if (!isObject(entry)) return ['it is not an object']
  const problems = unknownKeys(entry, fields)
  for (const field of required) {
    const value = entry[field]
    if (value === undefined) problems.push(`"${field}" is missing`)
    else if (typeof value !== 'string' || !seen.test(value))
      problems.push(`"${field}" must be a text that says something`)
    else if (field === 'until' && !isDay(value))
      problems.push(`"until" must be a day like "2027-01-31", and ${JSON.stringify(value)} is none`)
    else if (field === 'check' && !isResultId(value))
      problems.push(`"check" must be the whole id of one result, and ${JSON.stringify(value)} is none`)
  }
  const { upTo } = entry
  if (upTo !== undefined && (typeof upTo !== 'string' || readCeiling(upTo) === undefined))
    problems.push(`"upTo" must be a ceiling like ${CEILINGS}, and ${JSON.stringify(upTo)} is none`)
  return problems
}

/** Whether the last day of a waiver is over, at the instant `now`. */
export function isExpired({ until }: Pick<Waiver, 'until'>, now: Date): boolean {
  return until < now.toISOString().slice(0, 10)
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && isCalendarDay(text)

function unknownKeys(value: Record<string, unknown>, known: readonly string[]): string[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => `${JSON.stringify(key)} is not known; there are ${known.join(', ')}`)
}

function wrong(file: string, problems: readonly string[], cause?: unknown): AssayError {
  const shown = problems.slice(0, SHOWN_PROBLEMS).map((problem) => `\n  ${problem}`)
  const more = problems.length > shown.length ? `\n  … and ${problems.length - shown.length} more` : ''
  return new AssayError('wrong-waiver', `the waivers in ${file} are wrong:${shown.join('')}${more}`, {
    hint: `a file of waivers looks like ${example}`,
    cause,
  })
}
