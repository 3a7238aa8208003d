import { expect, test } from 'vitest'
import { matchers } from '../../matchers/index.ts'
import { catalogue } from '../../src/checks/catalogue.ts'

test.each(catalogue().map((kind) => [kind.matcher, kind] as const))(
  '%s judges by the check of its name, and shows an example of itself',
  async (name, kind) => {
    expect(await matchers[name as keyof typeof matchers]?.load()).toBeDefined()
    expect(kind.example).toContain(`.${name}(`)
  },
)
