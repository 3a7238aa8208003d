import { describe, expect, test } from 'vitest'
import { json, parse } from '../../reporters/index.ts'
import { AssayError } from '../../src/errors.ts'
import { generate } from '../helpers/runDocument.ts'

test('what is written can be read back', () => {
  expect(parse(json(generate(60)))).toEqual(generate(60))
})

test('the order of keys does not depend on how the run was built', () => {
  const run = generate(12)
  const reversed = Object.fromEntries(Object.entries(run).reverse()) as unknown as typeof run
  expect(json(reversed)).toBe(json(run))
  expect(json(run)).toMatch(/^\{\n {2}"schema": "assay\/run\/1",\n/)
  expect(json(run).endsWith('}\n')).toBe(true)
})

describe('what is no run document of this version is refused with a reason', () => {
  test.for([
    ['not json', 'must be JSON'],
    ['[]', 'has no "schema"'],
    ['{"schema":"other/1"}', 'says "schema": "other/1"'],
    ['{"schema":"assay/run/2"}', 'is version 2, and this release of assay reads version 1'],
    ['{"schema":"assay/run/0"}', 'run the checks again'],
    ['{"schema":"assay/run/1","results":{}}', '"results" must be an array'],
  ] as const)('%s', ([text, reason]) => {
    expect(() => parse(text)).toThrow(AssayError)
    expect(() => parse(text)).toThrow(reason)
  })
})
