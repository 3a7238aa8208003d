import { describe, expect, test } from 'vitest'
import { AssayError } from '../../src/errors.ts'
import { cut, sentenceList, visible, visibleJson, visibleLines, visibleText } from '../../src/words/text/visible.ts'

/** Every character that shows nothing by itself, of all of Unicode. */
const unseen = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => {
    const character = String.fromCodePoint(code)
    return (
      /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(character) ||
      [0x2800, 0xfff9, 0xfffa, 0xfffb].includes(code)
    )
  })
  .map((code) => String.fromCodePoint(code))

describe('characters that show nothing', () => {
  test('are written out wherever they stand alone, beside letters and twice in a row', () => {
    expect(unseen.length).toBeGreaterThan(4000)
    const left = unseen.flatMap((character) =>
      [character, `a${character}b`, `a${character}`, `${character}b`, `${character}${character}`].filter((text) => {
        const shown = visible(text)
        return shown.includes(character) || visible(shown) !== shown
      }),
    )
    expect(left.map((text) => JSON.stringify(text))).toEqual([])
  })

  test.for([
    ['a\u200bb\u061c\ufeff\u2028', 'a\\u200bb\\u061c\\ufeff\\u2028'],
    ['a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['soft\u00adhyphen', 'soft\\u00adhyphen'],
    ['\u115f\u1160\u3164\uffa0\u2800', '\\u115f\\u1160\\u3164\\uffa0\\u2800'],
    ['hi\u{e0041}\u{e007f}', 'hi\\u{e0041}\\u{e007f}'],
    ['\ud83d alone \udc00', '\\ud83d alone \\udc00'],
    ['a\ufe0f', 'a\\ufe0f'],
    ['5\ufe0f', '5\\ufe0f'],
    ['x\u200dy\u200cz', 'x\\u200dy\\u200cz'],
    ['👩\u200d', '👩\\u200d'],
    ['نامه\u200c', 'نامه\\u200c'],
    ['نامه\u200c\u200cای', 'نامه\\u200c\\u200cای'],
    // A black flag that carries a hidden word is no flag of a country.
    ['🏴\u{e0068}\u{e0069}\u{e007f}', '🏴\\u{e0068}\\u{e0069}\\u{e007f}'],
  ] as const)('%j reads %s', ([text, shown]) => expect(visible(text)).toBe(shown))

  test.for([
    '👩‍👩‍👧',
    '👨🏽‍🚀 and 🧑🏻‍🤝‍🧑🏿',
    '❤️‍🔥 🏳️‍🌈 🏴‍☠️ ✈️ ☎︎',
    '🇩🇪 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    '1️⃣ #️⃣',
    'نامه‌ای می‌خواهم',
    'क्‍ष न्‌य শ্রী ශ්‍රී ക്ഷ ന്‍',
    'naïve Ω 日本 葛󠄀 ≨︀ ᠠ᠋',
  ])('%s is readable everywhere', (text) => {
    expect([visible(text), visibleText(text), visibleLines(text)]).toEqual([text, text, text])
  })
})

describe('commands to CI servers', () => {
  test.for([
    ['::warning::x', '\\u003a:warning::x'],
    ['  ::set-output name=a::b', '  \\u003a:set-output name=a::b'],
    ['##[group]x', '\\u0023#[group]x'],
    ['a ##vso[task.complete]', 'a \\u0023#vso[task.complete]'],
    ["##teamcity[buildStop comment='']", "\\u0023#teamcity[buildStop comment='']"],
    ['section_start:1:a', 'section_start\\u003a1:a'],
  ] as const)('%s is none any more', ([text, shown]) => {
    expect(visible(text)).toBe(shown)
    expect(visible(shown)).toBe(shown)
  })

  test.for(['::1', '::ffff:10.0.0.1', 'std::vector', 'a # b', '#1', '[x]'])('%s is none', (text) => {
    expect(visible(text)).toBe(text)
  })

  test('no error of ours prints one, nor a character that shows nothing', () => {
    const { message } = new AssayError('wrong-argument', 'got "a\n::error::b\u001b[2J\u{e0041}"', { hint: '::stop::' })
    expect(message).toBe('got "a\n\\u003a:error::b\\u001b[2J\\u{e0041}"\n  hint: ::stop::')
  })
})

test('lines and tabs show on a page', () => {
  expect(visibleText('a\n\tb\r\u202e')).toBe('a\n\tb\\r\\u202e')
})

test('a cut never halves a character', () => {
  expect(cut('ab👍', 3)).toBe('ab… (cut: 3 of 4 characters)')
})

test('lists read as sentences', () => {
  expect(sentenceList(['a', 'b', 'c'])).toBe('a, b and c')
})

test('JSON of which all shows reads as the same value', () => {
  const value = {
    'a\u009b31m\u{e0041}': ['\u202e', '\u0007\ud800', '👩‍🚒 ##[error]x', 'line\nline', '"\\u{e0041}"'],
    n: 1.5,
  }
  const text = visibleJson(JSON.stringify(value, null, 2))
  expect(JSON.parse(text)).toEqual(value)
  expect(text).not.toMatch(/[\u0080-\u009f\u202e]|##\[|\u{e0041}/u)
  expect(text).toContain('👩‍🚒')
})
