import { type CallsBlock, errorsText, latencyName, throughputText } from '../../src/results/blocks/calls.ts'
import { decimal, integer } from '../../src/words/text/numbers.ts'
import { milliseconds } from '../../src/words/text/times.ts'
import { visible } from '../../src/words/text/visible.ts'
import { timeBar } from '../html/charts/timeBar.ts'
import { html } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'

/** What answers cost: times by shares of the calls, each as a bar beside its limit, and what was used. */
export const calls: BlockDrawing<CallsBlock> = {
  html(block, { title }) {
    const { latency, calls: count } = block
    if (count === 0) return undefined
    const most = Math.max(...latency.flatMap(({ ms, limit = 0 }) => [ms, limit]).filter(Number.isFinite), 0)
    return html`${
      latency.length > 0 &&
      html`<div class="tw" role="group" tabindex="0" aria-label="${`Times of ${title}`}"><table class="small"><thead><tr><th scope="col">Share</th><th scope="col" class="r">Time</th><th scope="col"><span class="hidden">drawn</span></th><th scope="col" class="r">Limit</th></tr></thead><tbody>${latency.map(
        (one) => {
          const late = one.limit !== undefined && one.ms > one.limit
          const time = milliseconds(one.ms)
          return html`<tr><th scope="row" class="l">${latencyName(one)}</th><td class="r">${late ? html`<mark>${time}</mark>` : time}</td><td>${timeBar(one.ms, one.limit, most, late ? 'fail' : 'skipped', `${latencyName(one)} ${time}`)}</td><td class="r x">${one.limit === undefined ? '—' : milliseconds(one.limit)}</td></tr>`
        },
      )}</tbody></table></div>`
    }<dl class="facts calls">${factsOf(block).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
  },
  markdown(block, text) {
    if (block.calls === 0) return undefined
    const rows = block.latency.map(
      (one) =>
        `| ${latencyName(one)} | ${milliseconds(one.ms)} | ${one.limit === undefined ? '—' : milliseconds(one.limit)} |\n`,
    )
    const facts = factsOf(block).map(([name, value]) => `${name} ${text(value)}`)
    return `${rows.length > 0 ? `| share | time | limit |\n|-|-:|-:|\n${rows.join('')}\n` : ''}${facts.join(', ')}\n`
  },
}

/** What is known beside the times, by name. */
function factsOf(block: CallsBlock): readonly (readonly [string, string])[] {
  const { calls: count, errors, cached = 0, first, perSecond, inputTokens, outputTokens, cost, currency } = block
  const facts: readonly (readonly [string, string | false | undefined])[] = [
    ['calls', integer(count)],
    ['without an answer', errors > 0 && errorsText(block)],
    ['from a record', cached > 0 && integer(cached)],
    ['first call', first !== undefined && milliseconds(first)],
    ['answers a second', perSecond !== undefined && throughputText(block)],
    ['tokens in', inputTokens !== undefined && integer(inputTokens)],
    ['tokens out', outputTokens !== undefined && integer(outputTokens)],
    ['cost', cost !== undefined && `${decimal(cost)}${currency === undefined ? '' : ` ${visible(currency)}`}`],
  ]
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []))
}
