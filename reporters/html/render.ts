import { createHash } from 'node:crypto'
import type { RunDocument } from '../../src/results/index.ts'
import { integer } from '../../src/words/text/numbers.ts'
import { headline } from '../headline.ts'
import { glyphSheet } from './badge.ts'
import { script } from './script/script.ts'
import { header } from './header.ts'
import { preparePage, type Page, type Section } from './page.ts'
import { sections } from './sections/index.ts'
import { style } from './style.ts'
import { html, Markup } from './template.ts'

/** Options of the HTML report. */
export interface RenderOptions {
  /** Fixed theme; without it the page follows the system. */
  readonly theme?: 'light' | 'dark'
  /** Rows drawn in the table of checks before the rest is left to the script; 200. */
  readonly cap?: number
}

/**
 * The run as one HTML page that needs nothing else: no network, no server, no JavaScript to be read.
 * Every text of the run is escaped; a content security policy with hashes stops whatever would slip through.
 */
export function render(run: RunDocument, options: RenderOptions = {}): string {
  const page = preparePage(run, Math.max(1, Math.floor(options.cap ?? 200)))
  const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`
  const drawn = sections
    .map((section) => ({ section, body: section.draw(page) }))
    .filter(({ body }) => body !== undefined)
  const theme = options.theme && html` data-theme="${options.theme}"`
  const { text } = headline(run)
  return html`<!doctype html>
<html lang="en"${theme}><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Markup.of(policy)}">
<meta name="generator" content="assay ${run.environment.assay}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${text} · ${run.title}</title><style>${Markup.of(style)}</style></head>
<body>${glyphSheet}<a class="skip-link" href="#checks">Skip to checks</a>
${header(page)}${navigation(
  page,
  drawn.map(({ section }) => section),
)}<main class="wrap">
${drawn.map(({ body }) => body)}</main>
<footer class="wrap"><p>Written by assay ${run.environment.assay}. The same results are in report.json.</p></footer>
<script>${Markup.of(script)}</script></body></html>
`.toString()
}

function navigation(page: Page, shown: readonly Section[]): Markup {
  return html`<nav class="bar" aria-label="Sections"><div class="wrap"><ul>${shown.map(({ id, title, count, bad }) => {
    const number = count?.(page)
    return html`<li><a href="#${id}">${title}${number !== undefined && html` <b${bad && number > 0 && html` class="bad"`}>${integer(number)}</b>`}</a></li>`
  })}</ul><button id="theme" type="button" class="needs-js">Theme</button></div></nav>`
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
