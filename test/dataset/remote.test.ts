import { afterEach, expect, test, vi } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'

afterEach(() => vi.unstubAllEnvs())

const openError = (source: string) =>
  dataset(source)
    .relation()
    .then(
      () => 'no error',
      (error: Error) => error.message,
    )

test.each(['https://example.org/data/flights.parquet', 's3://bucket/flights.csv', 'hf://datasets/a/b/c.jsonl'])(
  '%s takes an extension, which is never installed by itself',
  async (source) => {
    // An extension folder without extensions: the machine of whoever runs this may have them.
    vi.stubEnv('HOME', '/nonexistent')
    expect(await openError(source)).toMatch(
      /reading ".*" takes DuckDB's extension httpfs, which (is not installed|cannot be loaded)[\s\S]*hint: install it once, by hand: run INSTALL httpfs in duckdb v\d/,
    )
  },
)

test('an address shows neither password nor signature', async () => {
  const signed = 'https://user:pass@example.org/a/flights.parquet?X-Amz-Signature=secret'
  const data = dataset(signed)
  expect([data.name, data.source]).toEqual(['flights', 'https://example.org/a/flights.parquet'])
  expect(await openError(signed)).not.toMatch(/pass|secret/)
})

test('a format that is not read from elsewhere says so', async () => {
  expect(await openError('https://example.org/a.arrow')).toMatch(
    /no source reads "arrow" from ".*a\.arrow"\n.*download it/,
  )
})
