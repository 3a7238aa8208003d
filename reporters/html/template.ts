import { cut, visibleText } from '../../src/words/text/visible.ts'

/** Finished markup. Only the `html` tag makes it, so data can never pass for it. */
export class Markup {
  readonly #text: string
  private constructor(text: string) {
    this.#text = text
  }
  static of(text: string): Markup {
    return new Markup(text)
  }
  toString(): string {
    return this.#text
  }
}

/** What fits into a hole of the `html` tag. */
export type MarkupHole = Markup | string | number | null | undefined | false | readonly MarkupHole[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** Text that is safe between tags and inside quoted attributes: cut, control characters shown, escaped. */
function escapeText(text: string): string {
  return visibleText(cut(text)).replace(/[&<>"'`]/g, (character) => entities[character] as string)
}

/** A template whose every hole is escaped, unless it is markup made by this same tag. */
export function html(strings: TemplateStringsArray, ...holes: readonly MarkupHole[]): Markup {
  let text = strings[0] as string
  for (let i = 0; i < holes.length; i++) text += fill(holes[i]) + strings[i + 1]
  return Markup.of(text)
}

function fill(hole: MarkupHole): string {
  if (hole === null || hole === undefined || hole === false) return ''
  if (hole instanceof Markup) return hole.toString()
  if (typeof hole === 'string') return escapeText(hole)
  if (typeof hole === 'number') return Number.isFinite(hole) ? String(hole) : '—'
  return hole.map(fill).join('')
}
