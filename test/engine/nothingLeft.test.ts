import { expect, test } from 'vitest'
import type * as Module from '../../src/engine/nothingLeft.ts'

test('who waits is told once, streams first, and what goes on waiting keeps no process alive', async () => {
  // One of its own: other tests of the process may wait, too.
  const alone: string = '../../src/engine/nothingLeft.ts?alone'
  const { nothingLeft, onUntoldEnd } = (await import(alone)) as typeof Module
  const others = process.listeners('beforeExit')
  const added = () => process.listeners('beforeExit').filter((listener) => !others.includes(listener))
  const heard: string[] = []
  const endStream = onUntoldEnd({}, ({ message }) => heard.push(message))
  const { rejects, forget } = nothingLeft()
  rejects.catch(() => heard.push('evaluation'))
  const [tell, ...more] = added()
  expect(more).toEqual([])

  tell?.(0)
  await Promise.resolve()
  expect(heard).toEqual(['nothing is left that could bring the next one'])
  tell?.(0)
  await expect(rejects).rejects.toThrow(/nothing is left in the process that could answer/)
  expect(heard).toHaveLength(2)
  expect(added()).toEqual([])

  endStream()
  forget()
  expect(added()).toEqual([])
})
