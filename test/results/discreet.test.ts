import { describe, expect, test } from 'vitest'
import { discreetly, redacted, type Telling } from '../../src/results/discreet.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { about, NUMBER, spellings, TEXT } from '../helpers/aboutPeople.ts'

/** A result with the secret in one place, for each place where a check may put a value. */
const places: Readonly<Record<string, CheckResult>> = {
  title: about({ title: `values in "${TEXT}"` }),
  expected: about({ expected: `one of "${TEXT}", '${TEXT}'` }),
  measured: about({ measured: `"${TEXT}" × 2` }),
  message: about({ message: `the first line\nnot there: "${TEXT}"` }),
  'a message cut in the middle': about({ message: `not there: "${TEXT}` }),
  'a message with an apostrophe in the value': about({ message: `no number in 'O'${TEXT}' of 'mail'` }),
  'the title of its group': about({
    group: { id: 'x~0123456789ab', kind: 'noDriftFrom', title: `rows where mail = '${TEXT}'` },
  }),
  'a text in its queries': about({ sql: ['select 1', `select count(*) from t where mail = '${TEXT}'`] }),
  'a number in its queries': about({ sql: [`select count(*) from t where code > ${NUMBER}`] }),
  'failing rows': about({
    evidence: [{ kind: 'rows', columns: ['id', 'mail'], rows: [['1', TEXT]], marked: [1], total: 1 }],
  }),
  'rows that are marked for another column': about({
    subject: { type: 'dataset', name: 'people', column: 'id' },
    evidence: [{ kind: 'rows', columns: ['id', 'mail'], rows: [['1', TEXT]], marked: [0], total: 1 }],
  }),
  'the commonest failing values': about({
    evidence: [
      {
        kind: 'rows',
        columns: ['mail'],
        rows: [[null]],
        marked: [0],
        total: 30,
        values: [{ cells: [TEXT], count: 29 }],
      },
    ],
  }),
  'one column of several': about({
    subject: { type: 'dataset', name: 'people', column: 'id, mail' },
    message: `they share "${TEXT}"`,
  }),
}

describe('a result about a personal column', () => {
  test.each(Object.keys(places))('tells no value in %s', (place) => {
    const told = places[place] as CheckResult
    expect(JSON.stringify(told)).toMatch(spellings)
    expect(JSON.stringify(redacted(told, ['mail']))).not.toMatch(spellings)
  })

  test('is told as it is where no column is personal, or another one of the words', () => {
    for (const told of Object.values(places)) expect(redacted(told, [])).toBe(told)
    expect(redacted(places.measured as CheckResult, ['other']).measured).toBe(places.measured?.measured)
  })

  test('says what its check says instead, and leaves out what holds a value', () => {
    const telling: Telling = {
      ...about({ title: `values equal to ${TEXT}`, value: 7_391_826, limit: { min: 7_391_826 } }),
      [discreetly]: [{ columns: ['mail'], title: 'values equal to one value', without: ['value', 'limit'] }],
    }
    const told = redacted(telling, ['mail'])
    expect(told).toMatchObject({ title: 'values equal to one value', status: 'fail' })
    expect(told).not.toHaveProperty('value')
    expect(told).not.toHaveProperty('limit')
    expect(redacted(telling, ['other'])).toMatchObject({ title: `values equal to ${TEXT}`, value: 7_391_826 })
  })

  test('keeps names that stand in quotes', () => {
    const told = about({ message: 'column "mail" of "people" has no number' })
    expect(redacted(told, ['mail']).message).toBe(told.message)
  })
})
