// The same checks in Node's own test runner: node --test.
import assert from 'node:assert/strict'
import test from 'node:test'
import { evaluate } from 'assay'
import { checks } from './checks.mjs'

for (const check of checks) {
  test(`${check.subject.name} ${check.subject.column ?? ''} ${check.title}`, async () => {
    for (const { blocking, expected, measured, message } of await evaluate(check)) {
      assert.ok(!blocking, message ?? `expected ${expected}, measured ${measured}`)
    }
  })
}
