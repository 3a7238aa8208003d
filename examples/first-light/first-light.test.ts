import { dataset, integer, mft, model, perturb, sql, string, table, timestamp } from 'assay'
import { describe, expect, test } from 'vitest'
import { vega } from './files.ts'
import { classify } from './sentiment.ts'

const flights = dataset(vega('flights-3m.parquet'), { name: 'flights' })
const strikes = dataset(vega('birdstrikes.csv'), { name: 'birdstrikes' })
const movies = dataset(vega('movies.json'), { key: 'Title' })
const sentiment = model('vader@1.1.3', classify)

describe('data', () => {
  test('three million flights keep their contract', async () => {
    await expect(flights).toMatchSchema(
      table({
        date: timestamp(),
        delay: integer().between({ min: -120, max: 1440 }).mostly(0.999),
        distance: integer().between({ min: 1, max: 5000 }),
        origin: string().matches(/^[A-Z]{3}$/),
        destination: string().matches(/^[A-Z]{3}$/),
      }),
    )
    await expect(flights).toHaveRowCount({ min: 1_000_000 })
    await expect(flights.where({ origin: 'SEA' })).toHaveRowCount({ min: 10_000 })
  })

  test('no flight leaves a day early', async () => {
    // Real finding: a flight 1,116 minutes early. Known, so it warns.
    await expect(flights.column('delay')).toHaveValuesBetween({ min: -240 }, { severity: 'warn' })
  })

  test('bird strikes are written as the file was the first time', () => {
    expect(strikes).toMatchSchema()
  })

  test('damage is one of the documented levels', async () => {
    const levels = ['None', 'Minor', 'Medium', 'Substantial']
    // Real finding: 15 rows say "B" or "C", which the others spell out.
    await expect(strikes.column('Effect Amount of damage')).not.toHaveValuesIn(levels)
    await expect(strikes.column('Effect Amount of damage')).toHaveValuesIn(levels, { mostly: 0.99 })
  })

  test('movies hold to their JSON Schema', async () => {
    await expect(movies).toMatchSchema({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      properties: {
        // Real finding: nine titles, 300 among them, are numbers in the JSON.
        Title: { type: 'string', 'x-assay': { severity: 'warn', mostly: 0.999 } },
        'US Gross': { type: ['integer', 'null'], minimum: 0 },
        'IMDB Rating': { type: ['number', 'null'], minimum: 1, maximum: 10, multipleOf: 0.1 },
        'MPAA Rating': { enum: ['G', 'PG', 'PG-13', 'R', 'NC-17', 'Not Rated', 'Open', null] },
        'Release Date': { type: 'string', pattern: '^[A-Z][a-z]{2} [0-9]{2} [0-9]{4}$' },
      },
      required: ['Title', 'Release Date'],
    })
  })
})

describe('drift', () => {
  const days = (from: string, to: string) => flights.where(sql`date >= ${from}::timestamp and date < ${to}::timestamp`)

  test('May looks like April', async () => {
    await expect(days('2001-05-01', '2001-06-01')).toHaveNoDriftFrom(days('2001-04-01', '2001-05-01'), {
      columns: ['delay', 'distance', 'origin'],
    })
  })

  test('the flights of Honolulu are not like the others', async () => {
    await expect(flights.where({ origin: 'HNL' }).column('distance')).toHaveNoDriftFrom(flights.column('distance'), {
      severity: 'warn',
    })
  })
})

describe('sentiment', () => {
  const cases = mft(new URL('./cases/sentiment.csv', import.meta.url).pathname)

  test('does what its table says, most of the time', async () => {
    await expect(sentiment).toPassMFT(cases, { passRate: { min: 0.7 } })
  })

  test('does not mind typos in the names of movies', async () => {
    const titles = movies.where({ 'Major Genre': 'Horror' }).column('Title')
    await expect(sentiment).toBeInvariantTo(perturb.typos({ seed: 7 }), { over: titles, passRate: { min: 0.85 } })
  })

  test.for(cases.filter(({ capability }) => capability === 'vocabulary'))('knows: $name', async (one) => {
    await expect(sentiment).toPassMFT([one])
  })
})

test('an ordinary unit test', () => {
  expect(classify('')).toBe('neutral')
})
