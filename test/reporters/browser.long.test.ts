import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findingsOf } from '../../reporters/html/findings.ts'
import { html } from '../../reporters/index.ts'
import { worstFirst } from '../../src/results/worstFirst.ts'
import { hasBrowser, type OpenOptions, Pages } from '../helpers/pages.ts'
import { document as documentOf, generate, nasty } from '../helpers/runDocument.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe.skipIf(!hasBrowser())('the report in Chromium', () => {
  let pages: Pages
  beforeAll(async () => {
    pages = await Pages.start()
  })
  afterAll(() => pages.stop())
  const open = (markup: string, options?: OpenOptions) => pages.open(markup, options)

  async function violations(page: Page): Promise<string[]> {
    // A function given to evaluate runs outside the page's security policy; eval would not.
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Runtime.evaluate', { expression: axe })
    const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { result } = await cdp.send('Runtime.evaluate', {
      expression: `axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then((r) => JSON.stringify(r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')).join(' | '))))`,
      awaitPromise: true,
      returnByValue: true,
    })
    return JSON.parse(result.value as string) as string[]
  }

  test("under Jenkins' policy for artifacts the report is readable, without styles and script", async () => {
    const policy = "sandbox; default-src 'none'; img-src 'self'; style-src 'self'"
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
      response.end(html(generate(60)))
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const context = await pages.browser.newContext()
    try {
      const page = await context.newPage()
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      const text = await page.locator('body').innerText()
      expect(text).toMatch(/flights\s+does not hold/)
      expect(text).toContain('Needs attention')
      expect(await page.locator('#rows tr').count()).toBe(60)
      expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).not.toContain('system-ui')
    } finally {
      await context.close()
      await new Promise((closed) => server.close(closed))
    }
  })

  const statuses = (page: Page): Promise<string[]> =>
    page
      .locator('#rows tr')
      .evaluateAll((rows) => rows.map((row) => (row.querySelector('.s') as HTMLElement).textContent ?? ''))
  const shown = (page: Page): Promise<number> => page.locator('#rows tr').count()
  const filter = async (page: Page, query: string): Promise<string> => {
    await page.locator('#q').fill(query)
    await page.waitForTimeout(160)
    await page.waitForFunction(() => document.querySelector('#count')?.textContent !== '')
    return (await page.locator('#count').textContent()) ?? ''
  }

  test.for([
    ['60 checks, light', 60, false, 1280],
    ['60 checks, dark', 60, true, 1280],
    ['60 checks, phone', 60, false, 420],
    ['10,000 checks, dark', 10_000, true, 1280],
  ] as const)('%s: no accessibility violation, no request, no error', async ([, size, dark, width]) => {
    const { page, requests, errors, close } = await open(html(generate(size)), { dark, width })
    expect(await violations(page)).toEqual([])
    expect(requests.length).toBe(1)
    expect(errors).toEqual([])
    await close()
  })

  test('the accessibility rules find a page that breaks them', async () => {
    const { page, close } = await open(
      '<!doctype html><title>x</title><p style="color:#ccc">pale</p><img src="data:,">',
    )
    expect((await violations(page)).map((text) => text.split(':', 1)[0])).toEqual(
      expect.arrayContaining(['color-contrast', 'html-has-lang', 'image-alt']),
    )
    await close()
  })

  test('a run without results and a run without findings have no violation either', async () => {
    const passing = generate(60).results.filter(({ status }) => status === 'pass')
    for (const run of [documentOf([], { datasets: [], models: [] }), documentOf(passing)]) {
      const { page, errors, close } = await open(html(run))
      expect(await violations(page)).toEqual([])
      expect(errors).toEqual([])
      await close()
    }
  })

  test('no value of the data runs, while the same values pasted into a page do', async () => {
    const { page, close } = await open(html(generate(60)))
    await page.waitForTimeout(200)
    expect(await page.evaluate('window.__pwned')).toBeUndefined()
    await close()
    const naive = await open(`<!doctype html><body>${nasty.join('\n')}</body>`)
    await naive.page.waitForTimeout(200)
    expect(await naive.page.evaluate('window.__pwned')).toBe(1)
    await naive.close()
  })

  test('a hole that escaped nothing is stopped by the security policy of the page', async () => {
    const markup = html(generate(60)).replace('</main>', `${nasty.slice(0, 3).join('')}</main>`)
    const { page, close } = await open(markup)
    await page.waitForTimeout(200)
    expect(await page.evaluate('window.__pwned')).toBeUndefined()
    await close()
  })

  test('the page never scrolls sideways on a phone', async () => {
    for (const size of [60, 10_000]) {
      const { page, close } = await open(html(generate(size)), { width: 420 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(420)
      await close()
    }
  })

  test('the theme follows the system until the button is pressed', async () => {
    const { page, close } = await open(html(generate(60)), { dark: true })
    const background = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(await background()).toBe('rgb(20, 23, 26)')
    await page.locator('#theme').click()
    expect(await background()).toBe('rgb(251, 251, 250)')
    await close()
  })

  /** Fourteen findings of two datasets and a model, beside as many checks that pass. */
  function fourteen() {
    const all = generate(60).results
    const findings = findingsOf(worstFirst(all)).slice(0, 14)
    return documentOf([...findings.flatMap(({ results }) => results), ...all.filter(({ status }) => status === 'pass')])
  }

  test('fourteen findings stand on one screen of 1280 × 800, a line each, all of it within the page', async () => {
    for (const dark of [false, true]) {
      const { page, close } = await open(html(fourteen()), { dark, height: 800 })
      const boxes = await page.locator('.finding > summary').evaluateAll((lines) =>
        lines.map((line) => {
          const { bottom, height, right } = line.getBoundingClientRect()
          return { bottom, height, right }
        }),
      )
      expect(boxes).toHaveLength(14)
      for (const { bottom, height, right } of boxes) {
        expect(bottom).toBeLessThanOrEqual(800)
        expect(height).toBeLessThan(36)
        expect(right).toBeLessThanOrEqual(1280)
      }
      await close()
    }
  })

  test('a finding unfolds on click without JavaScript, and shows its failing rows', async () => {
    const context = await pages.browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(pages.write(html(fourteen())))
    const finding = page.locator('.finding').first()
    expect(await finding.locator('table').isVisible()).toBe(false)
    await finding.locator('summary').first().click()
    expect(await finding.locator('table').isVisible()).toBe(true)
    await context.close()
  })

  test('a verdict leads to its worst finding and unfolds it', async () => {
    const { page, close } = await open(html(generate(60)))
    const link = page.locator('.verdicts a').first()
    const id = ((await link.getAttribute('href')) ?? '').slice(1)
    await link.click()
    expect(await page.locator(`[id="${id}"]`).getAttribute('open')).not.toBeNull()
    await close()
  })

  test('60 checks print on at most nine pages, with the findings unfolded and without queries', async () => {
    const { page, close } = await open(html(generate(60)), { print: true })
    expect(await page.locator('.finding-body').first().isVisible()).toBe(true)
    expect(await page.locator('.sql').count()).toBeGreaterThan(0)
    for (const query of await page.locator('.sql').all()) expect(await query.isVisible()).toBe(false)
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(9)
    await close()
  })

  test('print hides the controls and opens what is folded', async () => {
    const { page, close } = await open(html(generate(60)), { print: true })
    expect(await page.locator('#q').isVisible()).toBe(false)
    expect(await page.locator('details table').last().isVisible()).toBe(true)
    await close()
  })

  test('the filter takes words, keys, quotes and exclusions, over all rows and not only the drawn ones', async () => {
    const run = generate(10_000)
    const { page, errors, close } = await open(html(run))
    const count = (test: (result: (typeof run.results)[number]) => boolean): string =>
      String(run.results.filter(test).length).replace(/\B(?=(\d{3})+$)/g, ',')
    expect(await filter(page, 's:warn')).toContain(`${count(({ status }) => status === 'warn')} of`)
    expect(new Set(await statuses(page))).toEqual(new Set(['Warn']))
    expect(await filter(page, 'col:postcode !s:pass')).toContain(
      `${count(({ subject, status }) => subject.column === 'postcode' && status !== 'pass')} of`,
    )
    expect(await filter(page, 'k:drift ds:orders')).toContain('8 of')
    expect(await filter(page, '"week = 129 "')).toContain(
      `${count(({ subject }) => (subject.slice ?? '').endsWith('week = 129'))} of`,
    )
    expect(await filter(page, 'nothing-like-this')).toContain('0 of')
    expect(await page.locator('#none').isVisible()).toBe(true)
    await page.locator('#clear').click()
    await page.waitForTimeout(100)
    expect(await shown(page)).toBe(200)
    expect(errors).toEqual([])
    await close()
  })

  test('filter, buttons and order travel in the address', async () => {
    const markup = html(generate(60))
    const first = await open(markup)
    await first.page.locator('[data-status="fail"]').click()
    await first.page.locator('[data-status="error"]').click()
    await filter(first.page, 'ds:orders')
    await first.page.locator('#check-table th button', { hasText: 'Failed' }).click()
    await first.page.waitForTimeout(100)
    const hash = new URL(first.page.url()).hash
    const rows = await first.page.locator('#rows').innerText()
    await first.close()
    expect(hash).toMatch(/^#\?q=ds/)
    const second = await open(markup, { hash })
    await second.page.waitForTimeout(200)
    expect(await second.page.locator('#rows').innerText()).toBe(rows)
    expect(await second.page.locator('[data-status="fail"]').getAttribute('aria-pressed')).toBe('true')
    await second.close()
  })

  test('a header sorts all rows, also those that were not drawn', async () => {
    const run = generate(10_000)
    const { page, close } = await open(html(run))
    await page.locator('#check-table th button', { hasText: 'Time' }).click()
    await page.waitForTimeout(400)
    const slowest = Math.max(...run.results.map(({ ms }) => ms))
    expect(await page.locator('#rows tr').first().locator('td').last().textContent()).toBe(`${Math.round(slowest)} ms`)
    expect(await page.locator('#check-table th').last().getAttribute('aria-sort')).toBe('descending')
    await page.locator('#check-table th button', { hasText: 'Time' }).click()
    await page.waitForTimeout(300)
    const fastest = Math.min(...run.results.map(({ ms }) => ms))
    expect(await page.locator('#rows tr').first().locator('td').last().textContent()).toBe(`${fastest} ms`)
    await page.locator('#check-table th button', { hasText: 'Time' }).click()
    await page.waitForTimeout(300)
    expect((await statuses(page))[0]).toBe('Fail')
    await close()
  })

  test('show more draws 200 rows more, looking like the first', async () => {
    const { page, close } = await open(html(generate(10_000)))
    await page.evaluate(() => {
      const count = (changes: MutationRecord[]): number =>
        changes.reduce((sum, { removedNodes: { length } }) => sum + length, 0)
      const counts = document.body.dataset
      new MutationObserver((changes) => {
        counts['removed'] = String(Number(counts['removed'] ?? 0) + count(changes))
      }).observe(document.querySelector('#rows') as Element, { childList: true })
    })
    await page.locator('#more').click()
    await page.waitForTimeout(400)
    expect(await shown(page)).toBe(400)
    expect(await page.evaluate(() => document.body.dataset['removed'])).toBe('0')
    const kinds = await page
      .locator('#rows tr')
      .evaluateAll((rows) =>
        rows.map((row) =>
          [...row.querySelectorAll('td')]
            .map((cell) => `${cell.className}:${[...cell.children].map((child) => child.tagName).join()}`)
            .join(' '),
        ),
      )
    expect(new Set(kinds.slice(200))).not.toContain('')
    for (const kind of new Set(kinds.slice(200))) expect(new Set(kinds.slice(0, 200))).toContain(kind)
    expect(await page.locator('#more').textContent()).toBe('Show 200 more of 9,600')
    await close()
  })

  test('however many rows were drawn, a header lays out 200 anew', async () => {
    const { page, close } = await open(html(generate(10_000)))
    for (let drawn = 400; drawn <= 1000; drawn += 200) {
      await page.locator('#more').click()
      await expect.poll(() => shown(page)).toBe(drawn)
    }
    await page.locator('#check-table th button', { hasText: 'Time' }).click()
    await expect.poll(() => shown(page)).toBe(200)
    expect(await page.locator('#more').textContent()).toBe('Show 200 more of 9,800')
    await close()
  })

  test('the address of a row that was not drawn draws it', async () => {
    const run = generate(10_000)
    const { page, close } = await open(html(run))
    const id = await page.evaluate(async () => {
      const bytes = Uint8Array.from(atob(document.querySelector('#rest')?.textContent ?? ''), (c) => c.charCodeAt(0))
      const rows = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).json()
      return rows[5000][0] as string
    })
    await page.evaluate((hash) => {
      location.hash = hash
    }, id)
    await page.waitForTimeout(400)
    expect(await page.locator(`[id="${id}"]`).isVisible()).toBe(true)
    await close()
  })

  test('a skill leads to its failing examples and opens them, or to its check', async () => {
    const { page, close } = await open(html(generate(60)))
    const targets = await page
      .locator('.skills a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')?.slice(1) ?? ''))
    expect(targets.filter((id) => !id.startsWith('ex-')).length).toBeGreaterThan(0)
    for (const id of targets) expect(await page.locator(`[id="${id}"]`).count(), id).toBe(1)
    const [examples = ''] = targets.filter((id) => id.startsWith('ex-'))
    await page.locator(`.skills a[href="#${examples}"]`).first().click()
    expect(await page.locator(`[id="${examples}"]`).getAttribute('open')).not.toBeNull()
    await close()
  })
})
