import { createHash } from 'node:crypto'
import type { RunDocument } from '../../src/results/index.ts'
import { integer } from '../format.ts'
import { needsAttention } from '../../src/words/status.ts'
import { headline } from '../headline.ts'
import { about } from './about.ts'
import { attention } from './attention.ts'
import { glyphSheet } from './badge.ts'
import { checks } from './checks.ts'
import { columns } from './columns.ts'
import { drift } from './drift.ts'
import { script } from './enhance.ts'
import { header } from './header.ts'
import { behaviorCells } from '../behaviorCells.ts'
import { model } from './model.ts'
import { preparePage, type Page } from './page.ts'
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
  const sections = { columns: columns(page), drift: drift(page), model: model(page) }
  const theme = options.theme && html` data-theme="${options.theme}"`
  const { text } = headline(run)
  return html`<!doctype html>
<html lang="en"${theme}><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Markup.of(policy)}">
<meta name="generator" content="assay ${run.environment.assay}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${text} · ${run.title}</title><style>${Markup.of(style)}</style></head>
<body>${glyphSheet}<a class="skip-link" href="#checks">Skip to checks</a>
${header(page)}${navigation(page, sections)}<main class="wrap">
${attention(page)}${checks(page)}${sections.columns}${sections.drift}${sections.model}${about(page)}</main>
<footer class="wrap"><p>Written by assay ${run.environment.assay}. The same results are in report.json.</p></footer>
<script>${Markup.of(script)}</script></body></html>
`.toString()
}

function navigation(page: Page, sections: Readonly<Record<'columns' | 'drift' | 'model', Markup | undefined>>): Markup {
  const { results, run } = page
  const attentionCount = results.filter(needsAttention).length
  const drifting = results.filter((result) => result.drift && needsAttention(result)).length
  const over = behaviorCells(results).filter((cell) => cell.over).length
  const columnCount = run.datasets.reduce((sum, dataset) => sum + dataset.columns.length, 0)
  const link = (id: string, name: string, count?: number, bad = false): Markup =>
    html`<li><a href="#${id}">${name}${count !== undefined && html` <b${bad && count > 0 && html` class="bad"`}>${integer(count)}</b>`}</a></li>`
  return html`<nav class="bar" aria-label="Sections"><div class="wrap"><ul>${link('attention', 'Needs attention', attentionCount, true)}${link('checks', 'Checks', results.length)}${sections.columns && link('columns', 'Columns', columnCount)}${sections.drift && link('drift', 'Drift', drifting, true)}${sections.model && link('model', 'Model', over, true)}${link('about', 'About')}</ul><button id="theme" type="button" class="needs-js">Theme</button></div></nav>`
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
