import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { makeFolder } from '../bytes/folders.ts'
import type { Answer } from './answer.ts'
import { jsonText, snapshot } from './value.ts'

/** Adds inputs to a file of JSON lines, each once. */
export interface Collector {
  /** Notes an input, and answers why it has no prediction. */
  add(input: unknown): Answer
  write(): void
}

/** Collects inputs that wait for a prediction; lines that are there stay. */
export function collector(file: string): Collector {
  let known: Set<string> | undefined
  let lines: string[] = []
  return {
    add(input) {
      known ??= new Set(existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : [])
      let line: string
      try {
        line = jsonText({ input: snapshot(input, { dates: true }) })
      } catch {
        return { error: 'has no prediction, and cannot be written as JSON' }
      }
      if (!known.has(line)) lines.push(`${line}\n`)
      known.add(line)
      return { error: `has no prediction yet: it stands in ${JSON.stringify(file)}` }
    },
    write() {
      if (lines.length === 0) return
      makeFolder(path.dirname(path.resolve(file)))
      // A last line without an end would run into the next.
      const open = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'))
      appendFileSync(file, `${open ? '\n' : ''}${lines.join('')}`)
      lines = []
    },
  }
}
