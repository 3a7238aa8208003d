import type { QueryOptions } from '../../engine/engine.ts'
import { verdictOf } from './judgeRecord.ts'
import type { PlainText } from './plainText.ts'
import type { ScannedRecord } from './recordScan.ts'
import { scanFile } from './scanFile.ts'
import type { TextLook } from './textLook.ts'
import { STRIDE } from './textSurvey.ts'

/** The physical lines at which rows (from 1) start; 0 for one that the text does not have any more. */
export async function rowLines(
  text: PlainText,
  { rules, places }: TextLook,
  rows: readonly number[],
  { signal }: QueryOptions,
): Promise<readonly number[]> {
  const lines = new Map<number, number>()
  const sorted = [...new Set(rows)].sort((a, b) => a - b)
  for (let i = 0; i < sorted.length; ) {
    const place = Math.floor(((sorted[i] as number) - 1) / STRIDE)
    const from = places[place]
    if (!from) break
    let row = place * STRIDE
    const before = i
    const each = (record: ScannedRecord): boolean => {
      if (verdictOf(record, rules) === 'row' && ++row === sorted[i]) {
        lines.set(row, record.line)
        i++
      }
      return i >= sorted.length || (sorted[i] as number) > (place + 1) * STRIDE
    }
    await scanFile(text, rules.dialect, from, each, { signal })
    // The file has fewer rows by now.
    if (i === before) break
  }
  return rows.map((row) => lines.get(row) ?? 0)
}
