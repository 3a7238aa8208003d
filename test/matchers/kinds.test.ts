import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { matchers } from '../../matchers/index.ts'
import { catalogue } from '../../src/checks/catalogue.ts'

const source = readFileSync(new URL('../../matchers/index.ts', import.meta.url), 'utf8')
  .replaceAll('of(\n    async', 'of(async')
  .replaceAll(',\n  ),', '),')

test.each(catalogue().map((kind) => [kind.matcher, kind] as const))(
  '%s judges by the check of its name, and says what that says',
  async (name, kind) => {
    const definition = await matchers[name as keyof typeof matchers]?.load()
    expect(definition, `a line for ${name} in matchers/index.ts`).toBeDefined()
    const wanted = [
      '  /**',
      `   * ${kind.says}`,
      `   * @example ${kind.example}`,
      '   */',
      `  ${name}: of(async () => (await import('../src/checks/${kind.kind}.ts')).${kind.kind}),`,
    ].join('\n')
    expect(source.includes(wanted), `not in matchers/index.ts:\n${wanted}`).toBe(true)
    expect(kind.example).toContain(`.${name}(`)
  },
)
