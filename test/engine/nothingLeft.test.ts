import { expect, test } from 'vitest'
import { nothingLeft, onUntoldEnd } from '../../src/engine/nothingLeft.ts'

test('who waits is told once, streams first, and what goes on waiting keeps no process alive', async () => {
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
