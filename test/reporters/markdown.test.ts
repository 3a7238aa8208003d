import { describe, expect, test } from 'vitest'
import { markdown } from '../../reporters/index.ts'
import { document, generate, hostileResult, nasty, result } from '../helpers/runDocument.ts'

test('the report leads with verdicts, then attention, model, drift', () => {
  const text = markdown(generate(60))
  const order = [
    '<!-- assay-report -->',
    '**flights** does not hold',
    '#### Needs attention',
    '#### Model behavior',
    '#### Drift',
  ]
  const places = order.map((part) => text.indexOf(part))
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(places[0]).toBe(0)
})

describe('text of the data stays text', () => {
  const hostile = (value: string): string =>
    markdown(
      document([hostileResult(value)], {
        title: value,
        notes: [value],
      }),
    )

  test.for(nasty)('%j', (value) => {
    const text = hostile(value)
    expect(text.replace(/<!-- (assay-report )?-->/g, '')).not.toMatch(/[<`]/)
    expect(text).not.toMatch(/@\w|(?<!&)#\d|(?<!\\)\]\(/)
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\u{e0000}-\u{e007f}]/u)
  })

  test.for([
    ['@someone and @org/team', '@<!-- -->someone and @<!-- -->org/team'],
    ['alice@example.org', 'alice@<!-- -->example.org'],
    ['see https://x.org, WWW.x.org or ftp://x', 'see https:<!-- -->//x.org, WWW.<!-- -->x.org or ftp:<!-- -->//x'],
    ['19https://x.org _www.x.org', '19https:<!-- -->//x.org \\_www.<!-- -->x.org'],
    ['a/b#12 GH-3 !4', 'a/b&#35;<!-- -->12 GH-<!-- -->3 \\!<!-- -->4'],
    ['![x](y) <img src=x>', '\\!\\[x\\](y) &lt;img src=x&gt;'],
    ['$1 & 5 %', '$<!-- -->1 &amp; 5 %'],
    ['👩‍👩‍👧 نامه‌ای', '👩‍👩‍👧 نامه‌ای'],
  ] as const)('%s is no mention, reference, address or markup', ([value, shown]) => {
    expect(hostile(value)).toContain(`- ${shown}\n`)
  })

  test('a value with pipes and newlines adds no cell and no row', () => {
    const cells = (text: string): number[] =>
      text
        .split('\n')
        .filter((line) => line.startsWith('| ✗'))
        .map((line) => line.split(/(?<!\\)\|/).length)
    expect(cells(hostile('a | b\n| c'))).toEqual(cells(hostile('plain')))
  })

  test('the same look finds a value that is pasted', () => {
    expect('| ✗ | <img> @someone |').toMatch(/[<`]/)
  })
})

describe('budget', () => {
  test.for([60_000, 20_000, 6_000, 2_000, 700])('at most %i bytes, and it says what was dropped', (maxBytes) => {
    const text = markdown(generate(10_000), { maxBytes })
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes)
    expect(text).toContain('do not hold')
    if (maxBytes <= 2_000) expect(text).toMatch(/Dropped to stay within/)
  })

  test('nothing is dropped when all fits', () => expect(markdown(generate(60))).not.toContain('Dropped'))
})

test('a run without findings is short', () => {
  const text = markdown(document([result()], { tests: { passed: 1, failed: 0, skipped: 0 } }))
  expect(text).toContain('✓ The one check passes')
  expect(text).not.toContain('Needs attention')
})
