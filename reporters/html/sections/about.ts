import { countText, integer } from '../../../src/words/text/numbers.ts'
import { instant } from '../../../src/words/text/times.ts'
import { shorten, visible } from '../../../src/words/text/visible.ts'
import { blockOf, blocksOf } from '../../../src/results/blocks/index.ts'
import type { Page, Section } from '../page.ts'
import { fitting } from '../room.ts'
import { html, type Markup } from '../template.ts'

const mostSources = 500
const mostNotes = 100
/** Characters of a note. */
const NOTE = 600
/** Elements of a source. */
const SOURCE = 8

/** What backs the verdicts: sources, fingerprints, engines, seeds, versions, and what was cut. */
export const about: Section = {
  id: 'about',
  title: 'About',
  draw: drawAbout,
}

function drawAbout({ run, results, cap, room }: Page): Markup {
  const engines = unique(results.map(({ lineage }) => lineage.engine))
  const seeds = unique(results.flatMap((result) => [result.lineage.seed, blockOf(result, 'rates')?.seed]))
  const { environment: env } = run
  const notes = [
    ...(results.length > cap
      ? [
          `The table draws the ${integer(cap)} worst checks; the other ${integer(results.length - cap)} travel compressed in this file.`,
        ]
      : []),
    ...cutSamples(
      results.filter((result) => blocksOf(result, 'rows').some(({ rows, total }) => rows.length < total)).length,
    ),
    ...run.notes,
  ]
  return html`<section id="about" aria-labelledby="h-about"><h2 id="h-about">About this run</h2>
${sources(run.datasets, run.models, fitting(room.sources, SOURCE, mostSources))}
<dl class="about"><div><dt>run</dt><dd>${run.title}, ${instant(run.at)}</dd></div>${engines.length > 0 && html`<div><dt>engine</dt><dd>${engines.join(', ')}</dd></div>`}<div><dt>versions</dt><dd>assay ${env.assay}, ${env.runner}, Node ${env.node}, ${env.platform}${env.ci && ', CI'}</dd></div>${run.commit !== undefined && html`<div><dt>commit</dt><dd><code>${run.commit}</code>${run.branch !== undefined && html` on <code>${run.branch}</code>`}</dd></div>`}${seeds.length > 0 && html`<div><dt>seeds</dt><dd>${seeds.join(', ')}</dd></div>`}<div><dt>limits</dt><dd>values are cut at 2,000 characters; control, invisible and bidi characters are shown as <code>\\u202e</code></dd></div></dl>
${notes.length > 0 && html`<h3>Notes</h3><ul class="notes">${notes.slice(0, mostNotes).map((note) => html`<li>${shorten(visible(note), NOTE)}</li>`)}</ul>${notes.length > mostNotes && html`<p class="x">${integer(notes.length - mostNotes)} more are in report.json.</p>`}`}</section>`
}

function sources(datasets: Page['run']['datasets'], models: Page['run']['models'], most: number): Markup | false {
  const left = Math.max(0, datasets.length - most) + Math.max(0, models.length - most)
  if (datasets.length + models.length === 0) return false
  return html`<div class="panel tw" tabindex="0" role="group" aria-label="Sources of this run"><table class="small pad"><thead><tr><th scope="col">Name</th><th scope="col">Source</th><th scope="col">Fingerprint</th><th scope="col" class="r">Size</th></tr></thead><tbody>${datasets
    .slice(0, most)
    .map(
      (dataset) =>
        html`<tr><td><code>${dataset.name}</code></td><td><code class="x">${dataset.source}</code></td><td><code class="x">${dataset.fingerprint ?? '—'}</code></td><td class="r">${countText(dataset.rows, 'row')}</td></tr>`,
    )}${models
    .slice(0, most)
    .map(
      (model) =>
        html`<tr><td><code>${model.name}</code></td><td class="x">model</td><td><code class="x">${model.fingerprint ?? '—'}</code></td><td class="r">${model.predictions === 0 ? '—' : countText(model.predictions, 'case judged', 'cases judged')}</td></tr>`,
    )}</tbody></table>${left > 0 && html`<p class="empty">${integer(left)} more are in report.json.</p>`}</div>`
}

function cutSamples(count: number): string[] {
  return count > 0
    ? [`Samples of failing rows are cut in ${countText(count, 'check')}; each says how many rows fail in all.`]
    : []
}

function unique(values: readonly (string | number | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined && !Number.isNaN(value)).map(String))].slice(0, 20)
}
