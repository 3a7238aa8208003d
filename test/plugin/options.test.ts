import { describe, expect, test } from 'vitest'
import { AssayError } from '../../src/errors.ts'
import assay, { type AssayOptions } from '../../src/plugin/index.ts'

describe('the options of the plugin', () => {
  test.each<[AssayOptions | undefined]>([
    [undefined],
    [{}],
    [
      {
        report: 'quality',
        title: 'Orders',
        unawaited: 'error',
        waivers: 'w.json',
        profile: 'full',
        budget: { calls: 3 },
      },
    ],
    [{ report: false, unawaited: 'settle', profile: 'summary' }],
    [{ report: undefined, title: undefined } as unknown as AssayOptions],
  ])('%j is taken', (options) => {
    expect(assay(options).name).toBe('assay')
  })

  test.each([
    [null, /^assay\(\) got null as options\n.*budget/],
    ['report', /^assay\(\) got a string as options/],
    [{ reprot: false }, /^assay\(\) does not know the option "reprot"\n.*did you mean report\?/],
    [{ unawaited: 'Error' }, /^assay\(\) got unawaited: "Error"\n.*'settle' or 'error'/],
    [{ unawaited: true }, /^assay\(\) got unawaited: true\n/],
    [{ profile: 'ful' }, /^assay\(\) got profile: "ful"\n.*'summary' or 'full'/],
    [{ report: true }, /^assay\(\) got report: true\n.*a folder.*or false/],
    [{ report: null }, /^assay\(\) got report: null\n/],
    [{ report: '' }, /^assay\(\) got report: ""\n/],
    [{ waivers: false }, /^assay\(\) got waivers: false\n.*a file/],
    [{ waivers: ' ' }, /^assay\(\) got waivers: " "\n/],
    [{ title: 5 }, /^assay\(\) got title: 5\n.*a text/],
    [{ title: () => 'x' }, /^assay\(\) got title: function\n/],
  ])('%j is refused, saying what it can be', (options, expected) => {
    const make = () => assay(options as unknown as AssayOptions)
    expect(make).toThrow(expected)
    expect(make).toThrow(AssayError)
  })

  test('a budget that is none is refused when it is given', () => {
    expect(() => assay({ budget: null as never })).toThrow(/^assay\(\{ budget \}\) got null as options/)
    expect(() => assay({ budget: { cals: 3 } as never })).toThrow(/did you mean calls\?/)
  })
})
