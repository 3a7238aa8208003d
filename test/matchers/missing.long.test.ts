import { expect, test } from 'vitest'
import { matchers } from '../../matchers/index.ts'
import { outcomes, project } from '../helpers/project.ts'

const suite = `
import { expect, test } from 'vitest'
import { dataset } from 'assay'
const records: any = dataset([{ a: 1 }], { name: 'records' })
${Object.keys(matchers)
  .map((name) => `test('${name}', async () => { await (expect(records) as any).${name}() })`)
  .join('\n')}
test('not', async () => { await (expect(records) as any).not.toHaveRowCount(3) })
test('statement', () => { (expect(records) as any).toHaveRowCount(3) })
test('local', async ({ expect }) => { await (expect(records) as any).toHaveRowCount(3) })
`
const plain = `
import { expect, test } from 'vitest'
test('without the package', () => { expect(() => (expect(1) as any).toHaveRowCount(1)).toThrow('Invalid Chai property') })
`

test('without the plugin every matcher says what to add', async () => {
  const config = `
    import { fileURLToPath } from 'node:url'
    import { defineConfig } from 'vitest/config'
    export default defineConfig({
      resolve: { alias: [{ find: /^assay$/, replacement: fileURLToPath(new URL('../../src/index.ts', import.meta.url)) }] },
    })`
  const made = await project({ 'vitest.config.ts': config, 'data.test.ts': suite, 'plain.test.ts': plain })
  const run = await made.run()
  await made.remove()
  const { 'without the package': without, ...found } = outcomes(run)
  expect(without?.status).toBe('passed')
  for (const [title, { status, message }] of Object.entries(found)) {
    expect(status, title).toBe('failed')
    expect(message, title).toContain('add assay() to the plugins')
    expect(message, title).toMatch(/data\.test\.ts:\d+:\d+/)
  }
}, 120_000)
