import { limitOf } from '../../src/words/numberTexts.ts'
import type { SliceScore, SlicesBlock } from '../../src/results/blocks/slices.ts'
import { countText, decimal, exactText, integer, interval, shareText } from '../../src/words/text/numbers.ts'
import { visible } from '../../src/words/text/visible.ts'
import { intervalBar } from '../html/charts/intervalBar.ts'
import { html, type Markup } from '../html/template.ts'
import type { BlockDrawing } from './block.ts'

const SHOWN = 40
const SHOWN_IN_TEXT = 10

/** A score by slices: each with its interval on one scale, beside that of all cases and the limit. */
export const slices: BlockDrawing<SlicesBlock> = {
  html(block, { title }) {
    const { score, by, slices: all, overall, limit: limits, confidence, total } = block
    if (all.length === 0) return undefined
    const limit = limitOf(limits)
    const shown = all.slice(0, SHOWN)
    const scale = scaleOf([...shown, ...(overall ? [overall] : [])], limit)
    const row = (slice: SliceScore): Markup =>
      html`<tr><th scope="row" class="l">${nameOf(slice)}</th><td class="r">${slice.weak ? html`<mark>${decimal(slice.value)}</mark>` : decimal(slice.value)}</td><td>${bar(slice, limit, scale)}</td><td class="r x">${interval(slice.interval)}</td><td class="r">${integer(slice.cases)}</td></tr>`
    return html`<div class="tw" role="group" tabindex="0" aria-label="${`${visible(score)} by slices of ${title}`}"><table class="small slices"><thead><tr><th scope="col">${visible(by ?? 'slice')}</th><th scope="col" class="r">${visible(score)}</th><th scope="col"><span class="hidden">drawn</span></th><th scope="col" class="r">${confidence !== undefined && `${shareText(confidence)} `}interval</th><th scope="col" class="r">cases</th></tr></thead><tbody>${shown.map(row)}</tbody>${overall && html`<tfoot>${row(overall)}</tfoot>`}</table></div><p class="x">${[...more(total - shown.length), ...small(block), ...(limit === undefined ? [] : [`limit ${exactText(limit)}, dashed`])].join('; ')}</p>`
  },
  markdown(block, text) {
    const { score, by, slices: all, overall, total } = block
    if (all.length === 0) return undefined
    const shown = all.slice(0, SHOWN_IN_TEXT)
    const rows = [...shown, ...(overall ? [overall] : [])].map(
      (slice) =>
        `| ${text(nameOf(slice), 120)} | ${slice.weak ? `**${decimal(slice.value)}**` : decimal(slice.value)} | ${interval(slice.interval)} | ${integer(slice.cases)} |\n`,
    )
    const left = [...more(total - shown.length), ...small(block)].join('; ')
    return `| ${text(by ?? 'slice')} | ${text(score)} | interval | cases |\n|-|-:|-:|-:|\n${rows.join('')}${left === '' ? '' : `\n${left}\n`}`
  },
}

const nameOf = ({ name }: SliceScore): string => (name === '' ? '(empty)' : visible(name))

const more = (left: number): readonly string[] => (left > 0 ? [`and ${countText(left, 'more slice')}`] : [])

const small = ({ tooSmall = 0 }: SlicesBlock): readonly string[] =>
  tooSmall > 0 ? [`${countText(tooSmall, 'slice')} too small to be scored`] : []

/** From the least to the greatest of all that is drawn. */
function scaleOf(all: readonly SliceScore[], limit: number | undefined): readonly [number, number] {
  const values = [
    ...all.flatMap(({ value, interval: range }) => [...(value === undefined ? [] : [value]), ...(range ?? [])]),
    ...(limit === undefined ? [] : [limit]),
  ].filter(Number.isFinite)
  return values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1]
}

function bar(
  { value, interval: range, weak, name }: SliceScore,
  limit: number | undefined,
  scale: readonly [number, number],
): Markup | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined
  const label = `${visible(name)} ${decimal(value)}${range ? `, interval ${interval(range)}` : ''}`
  return intervalBar({ value, interval: range, limit }, scale, weak ? 'fail' : 'skipped', label)
}
