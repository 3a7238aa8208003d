import { pbkdf2Sync, randomBytes, randomFillSync, randomUUID, scryptSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { currentScope, type Scope } from '../../matchers/current.ts'
import { followLeftovers, leftoversOf } from '../../matchers/leftovers.ts'

const left = () => leftoversOf(currentScope.getStore() as Scope)

test('work that runs at once leaves nothing that a test waits for', () => {
  followLeftovers()
  for (let i = 0; i < 300; i++) randomUUID()
  randomFillSync(Buffer.alloc(9))
  pbkdf2Sync('a', 'b', 1, 9, 'sha1')
  scryptSync('a', 'b', 9)
  expect(left()).toEqual([])
})

test('work that calls back is waited for until it has', async () => {
  followLeftovers()
  const called = new Promise((resolve) => {
    randomBytes(9, resolve)
  })
  expect(left()).toHaveLength(1)
  await called
  expect(left()).toEqual([])
})
