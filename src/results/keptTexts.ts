import { countText, integer } from '../words/text/numbers.ts'
import { cut } from '../words/text/visible.ts'
import type { RunDocument, RunResult } from './runDocument.ts'

/** Characters of a text that are tried, one after another, until all texts together find room. */
const LENGTHS = [2000, 1000, 500, 250, 120]
/** What a cut text says of itself takes less than that. */
const SUFFIX = 50

/** The texts of a run that find room in its file. */
interface KeptTexts {
  readonly run: RunDocument
  /** What was cut, as a sentence; undefined where nothing was. */
  readonly note?: string
}

/** The run with its messages, limits, measurements, problems and queries cut to one length at which they have so many bytes at most. */
export function keptTexts(run: RunDocument, room: number): KeptTexts {
  const texts = textsOf(run)
  const sum = (longest: number): number => texts.reduce((all, text) => all + bytesOf(shortText(text, longest)), 0)
  if (sum(Number.POSITIVE_INFINITY) <= room) return { run }
  const longest = LENGTHS.find((length) => sum(length) <= room) ?? (LENGTHS.at(-1) as number)
  const short = (text: string): string => shortText(text, longest)
  const results = run.results.map((result) => cutResult(result, short))
  const count = results.filter((result, i) => result !== run.results[i]).length
  return {
    run: {
      ...run,
      results,
      queries: run.queries.map(short),
      problems: run.problems.map((problem) => ({ ...problem, text: short(problem.text) })),
    },
    note: `Messages, limits and queries of so many results are more than a run document holds: those of ${countText(count, 'result')} are cut at ${integer(longest)} characters. The output of the run has the whole ones.`,
  }
}

/** Bytes of a text as it stands in the file: a character may take six. */
const bytesOf = (text: string): number => Buffer.byteLength(JSON.stringify(text))

const shortText = (text: string, longest: number): string =>
  text.length > longest + SUFFIX ? cut(text, longest) : text

function textsOf({ results, queries, problems }: RunDocument): readonly string[] {
  // What many results state alike stands in the file once.
  const shared = new Set<string>()
  const own: string[] = []
  for (const { title, expected, measured, message, group } of results) {
    for (const text of [title, expected, group?.title ?? '']) shared.add(text)
    own.push(measured, message ?? '')
  }
  return [...shared, ...own, ...queries, ...problems.map(({ text }) => text)]
}

function cutResult(result: RunResult, short: (text: string) => string): RunResult {
  const { title, expected, measured, message, group } = result
  const texts = { title: short(title), expected: short(expected), measured: short(measured) }
  const others = {
    ...(message === undefined ? {} : { message: short(message) }),
    ...(group === undefined ? {} : { group: { ...group, title: short(group.title) } }),
  }
  const isWhole =
    texts.title === title &&
    texts.expected === expected &&
    texts.measured === measured &&
    others.message === message &&
    others.group?.title === group?.title
  return isWhole ? result : { ...result, ...texts, ...others }
}
