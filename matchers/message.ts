import type { CheckResult } from '../src/results/checkResult.ts'
import { tally } from '../src/results/tally.ts'
import { waiverText } from '../src/results/withWaivers.ts'
import { isParted, questionLine, questionsOf } from '../src/words/questions.ts'
import { headLine, resultBlock } from '../src/words/resultBlock.ts'
import { countText } from '../src/words/text/numbers.ts'
import { visible, visibleLines, withoutCommands } from '../src/words/text/visible.ts'

const SHOWN_RESULTS = 10

/**
 * The failure of an assertion as text: the same in a terminal and in a CI log, without colors. What was asked as one and
 * judged in parts has a line that counts them, over those that fail.
 */
export function failureMessage(label: string, all: readonly CheckResult[], lead?: string): string {
  const results = all.filter(({ blocking }) => blocking)
  const accepted = all.filter(({ status }) => status === 'accepted')
  const headed = questionsOf(all).filter((question) => isParted(question) && question.results.some(isBlocking))
  const counted = new Set(headed.flatMap(({ results: parts }) => parts))
  const others = all.filter((result) => !result.blocking && result.status !== 'accepted' && !counted.has(result))
  const holding = others.filter(({ status }) => status === 'pass')
  const open = tally(others.filter(({ status }) => status !== 'pass')).map(({ text }) => text)
  const blocks = questionsOf(results.slice(0, SHOWN_RESULTS)).flatMap(({ results: failing }) => [
    ...headed.filter(({ results: parts }) => parts.includes(failing[0])).map(questionLine),
    ...failing.map(resultBlock),
  ])
  const more = results.length > SHOWN_RESULTS ? [`… and ${results.length - SHOWN_RESULTS} more, all in the report`] : []
  const known = accepted
    .slice(0, SHOWN_RESULTS)
    .map((result) => `${headLine(result)}\n  ${visible(waiverText(result) ?? '')}`)
  const moreKnown =
    accepted.length > SHOWN_RESULTS ? [`… and ${accepted.length - SHOWN_RESULTS} more accepted failures`] : []
  const holds =
    holding.length > 0
      ? [`${countText(holding.length, 'other check')} of this assertion ${holding.length === 1 ? 'holds' : 'hold'}`]
      : []
  const rest =
    holds.length + open.length > 0 ? [[...(holds.length > 0 ? holds : ['beside that']), ...open].join(', ')] : []
  const first = lead === undefined ? [] : [visibleLines(lead)]
  // The runner prints this as it is: no line of it may be a command either, whatever cells stand side by side.
  return withoutCommands([visible(label), ...first, ...blocks, ...more, ...known, ...moreKnown, ...rest].join('\n\n'))
}

const isBlocking = ({ blocking }: CheckResult): boolean => blocking
