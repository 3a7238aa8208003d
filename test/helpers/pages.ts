import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Whether there is a browser; where there is none, it says so. */
export function hasBrowser(): boolean {
  const available = existsSync(executablePath)
  if (!available)
    console.log(`skipped: the report is not opened in a browser, there is no ${executablePath} (set CHROMIUM)`)
  return available
}

export interface OpenOptions {
  readonly dark?: boolean
  readonly width?: number
  readonly height?: number
  readonly hash?: string
  readonly print?: boolean
}

/** Pages of reports in Chromium. */
export class Pages {
  readonly browser: Browser
  private readonly folder = mkdtempSync(join(tmpdir(), 'assay-report-'))
  private files = 0

  private constructor(browser: Browser) {
    this.browser = browser
  }

  static async start(): Promise<Pages> {
    return new Pages(await chromium.launch({ executablePath, args: ['--no-sandbox'] }))
  }

  /** Writes a page and returns its address. */
  write(markup: string): string {
    const file = join(this.folder, `${this.files++}.html`)
    writeFileSync(file, markup)
    return pathToFileURL(file).href
  }

  /** Opens a page from disk, counting what it asks for and what goes wrong. */
  async open(
    markup: string,
    { dark = false, width = 1280, height = 900, hash = '', print = false }: OpenOptions = {},
  ): Promise<{ page: Page; requests: string[]; errors: string[]; close: () => Promise<void> }> {
    const context = await this.browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' })
    const page = await context.newPage()
    if (print) await page.emulateMedia({ media: 'print' })
    const requests: string[] = []
    const errors: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    await page.goto(this.write(markup) + hash)
    return { page, requests, errors, close: () => context.close() }
  }

  async stop(): Promise<void> {
    await this.browser.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
