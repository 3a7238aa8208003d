// Runs in a test file: asks everything of one row and writes down how each ended.
import { writeFileSync } from 'node:fs'
import { expect } from 'vitest'

/** Judges row `i` of a list; the cells are rewritten after each, so that a death loses nothing that was answered. */
export async function judgeRow(context, file, i, path) {
  const { rows } = await import(`./${file}`)
  const cells = []
  for (const { ask, work } of await rows(i, path)) {
    cells.push({ ask, ...(await outcome(work, context)) })
    writeFileSync(`${path}.json`, JSON.stringify(cells))
  }
}

async function outcome(work) {
  let thrown
  try {
    await work(expect)
    return { verdict: 'pass' }
  } catch (error) {
    thrown = error
  }
  const message = String(thrown?.message ?? thrown)
  if (thrown?.name === 'AssayError') return { verdict: 'thrown' }
  const status = /^([✗◆∅?▲])/m.exec(message)?.[1]
  const verdicts = { '✗': 'fail', '◆': 'error', '∅': 'vacuous', '?': 'inconclusive' }
  if (status && verdicts[status]) return { verdict: verdicts[status] }
  return { verdict: 'foreign', message: message.split('\n').slice(0, 3).join(' ⏎ ').slice(0, 300) }
}
