import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { html } from '../../reporters/index.ts'
import type { CheckResult } from '../../src/results/index.ts'
import { hasBrowser, Pages } from '../helpers/pages.ts'
import { document as documentOf, generate, hostileResult, result } from '../helpers/runDocument.ts'

const NAME = 'name'.repeat(100)

/** Every status and evidence, with a name without a place to break it wherever one can stand. */
function longNames() {
  const results = generate(60).results.map(
    (each): CheckResult => ({
      ...each,
      title: `${each.title} ${NAME}`,
      subject: {
        ...each.subject,
        name: `${each.subject.name}${NAME}`,
        ...(each.subject.column === undefined ? {} : { column: `${each.subject.column}${NAME}` }),
      },
    }),
  )
  return documentOf([...results, hostileResult(NAME)], {
    title: NAME,
    branch: NAME,
    problems: [{ kind: 'test', text: NAME, blocking: true, test: NAME, file: NAME, names: [NAME] }],
    notes: [NAME],
  })
}

describe.skipIf(!hasBrowser())('the page at its edges', () => {
  let pages: Pages
  beforeAll(async () => {
    pages = await Pages.start()
  })
  afterAll(() => pages.stop())

  test.for([
    ['the example', generate(60)],
    ['names that cannot be broken', longNames()],
    ['a run without results', documentOf([], { datasets: [], models: [] })],
  ] as const)('%s: 320 pixels are enough, unfolded too', async ([, run]) => {
    const { page, close } = await pages.open(html(run), { width: 320, height: 640 })
    for (const folded of [true, false]) {
      if (!folded) await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)))
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
    }
    await close()
  })

  test('showing the last checks leaves the keyboard at the first of them', async () => {
    const { page, close } = await pages.open(html(generate(450)))
    await page.locator('#more').focus()
    for (const [shown, focused] of [
      [400, 'more'],
      [450, 400],
    ] as const) {
      await page.keyboard.press('Enter')
      await page.waitForFunction((count) => document.querySelectorAll('#rows tr').length === count, shown)
      const at = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement
        return element.id === 'more' ? 'more' : [...document.querySelectorAll('#rows tr')].indexOf(element)
      })
      expect(at).toBe(focused)
    }
    await close()
  })

  test('a check that an address draws has the keyboard', async () => {
    const { page, close } = await pages.open(html(generate(450)))
    const id = await page.locator('#rows tr[data-s=fail]').first().getAttribute('id')
    await page.locator('#q').fill('s:pass')
    await page.waitForFunction(() => document.querySelector('#rows tr[data-s=fail]') === null)
    await page.evaluate((hash) => (location.hash = hash), String(id))
    await page.waitForFunction((row) => document.activeElement?.id === row, id)
    await close()
  })

  test('of values that are written from the right each has its own count', async () => {
    const words = ['אחת', 'שתיים', 'שלוש']
    const failing = result({
      status: 'fail',
      blocking: true,
      evidence: [
        {
          kind: 'rows',
          columns: ['a'],
          marked: [0],
          rows: words.map((word) => [word]),
          rowNumbers: [1, 2, 3],
          total: 6,
          values: words.map((word, i) => ({ cells: [word], count: 3 - i })),
        },
      ] as unknown as CheckResult['evidence'],
    })
    const { page, close } = await pages.open(html(documentOf([failing])))
    const parts = await page
      .locator('.finding > summary .what bdi')
      .evaluateAll((all) => all.map((part) => [part.textContent, part.getBoundingClientRect().left] as const))
    expect(parts.map(([text]) => text)).toEqual(words.map((word, i) => `${word} × ${3 - i}`))
    const lefts = parts.map(([, left]) => left)
    expect(lefts).toEqual(lefts.toSorted((a, b) => a - b))
    await close()
  })
})
