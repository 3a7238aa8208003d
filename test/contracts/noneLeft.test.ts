import { expect, test } from 'vitest'
import { evaluate, wellFormed } from '../../src/checks/index.ts'
import { inferContract } from '../../src/contracts/inferContract.ts'
import { fileOpener } from '../helpers/opened.ts'

const open = fileOpener()
const TRY = /no record has as many cells as the first: if that one does not hold the names, say skip: 1/

test('a file whose first line is none of names says what to try, and no contract is read off it', async () => {
  const file = (options = {}) => open('csv', '3,2,kind\n1,2,3,4\n5,6,7,8\n9,10,11,12\n', options)
  const [result] = await evaluate(wellFormed(file()))
  expect(result).toMatchObject({ status: 'fail', measured: '3 findings, 3 records are left out' })
  expect(result?.message).toMatch(TRY)
  await expect(inferContract(file())).rejects.toThrow(
    /has no rows, so no contract can be read off it: 3 records could not be read, the first for 4 cells where the header has 3\n.*say skip: 1/,
  )
  expect(await file({ skip: 1, header: false }).rows()).toHaveLength(3)
})

test('a file of which some records are left says nothing of its first line', async () => {
  const [result] = await evaluate(wellFormed(open('csv', 'a,b\n1,2\n1,2,3\n')))
  expect(result?.status).toBe('fail')
  expect(result?.message).toBeUndefined()
})
