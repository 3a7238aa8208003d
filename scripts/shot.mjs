// Takes the picture of the example's report that the README shows: node scripts/shot.mjs [section] [out.png]
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { chromium } from 'playwright-core'

const [section = '', out = 'docs/images/report.png', height = '900'] = process.argv.slice(2)
mkdirSync(dirname(out), { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const page = await browser.newPage({ viewport: { width: 1280, height: Number(height) } })
await page.goto(new URL(`../report/index.html${section ? `#${section}` : ''}`, import.meta.url).href)
await page.waitForTimeout(400)
await page.screenshot({ path: out })
await browser.close()
