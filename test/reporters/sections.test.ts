import { expect, test } from 'vitest'
import { render } from '../../reporters/html/render.ts'
import { sections } from '../../reporters/html/sections/index.ts'
import { executable } from '../helpers/executable.ts'
import { nasty } from '../helpers/run/nasty.ts'
import { document } from '../helpers/runDocument.ts'
import type { SectionCase } from '../helpers/sectionCase.ts'

/** A file of `test/fixtures/sections` for each section. */
const files = import.meta.glob('../fixtures/sections/*.ts', { eager: true, import: 'default' })
const cases = Object.fromEntries(
  Object.entries(files).map(([file, one]) => [file.replace(/^.*\/|\.ts$/g, ''), one as SectionCase]),
)
const ids = sections.map(({ id }) => id)

test('every section has a file of cases', () => {
  expect(Object.keys(cases).sort()).toEqual([...ids].sort())
})

/** A section as it stands in the page. */
const drawn = (page: string, id: string): string =>
  new RegExp(`<section id="${id}".*?</section>`, 's').exec(page)?.[0] ?? ''

test.for(ids)('%s is drawn, and the bar at the top leads to it', (id) => {
  const { results, html } = cases[id] as SectionCase
  const page = render(document(results('plain')))
  expect(drawn(page, id)).toMatch(html)
  expect(page).toContain(`<li><a href="#${id}">`)
  expect(drawn(page, id)).toMatch(new RegExp(`aria-labelledby="h-${id}"><h2 id="h-${id}">`))
})

test.for(ids)('hostile text in %s does no harm', (id) => {
  for (const text of nasty) expect(executable(render(document(cases[id]?.results(text) ?? [])))).toEqual(['<script>'])
})
