import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import * as arrow from '../../bench/fuzz/arrow.mjs'
import * as json from '../../bench/fuzz/json.mjs'
import * as jsonl from '../../bench/fuzz/jsonl.mjs'
import { randomFrom } from '../../bench/fuzz/judge.mjs'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { temporaryFolder } from '../helpers/files.ts'

// `npm run fuzz` opens thousands of files of each format, delimited text and Parquet among them.
const folder = temporaryFolder()
await arrow.prepare()
const SEED = 20_261_124

test.each([
  ['json', json],
  ['jsonl', jsonl],
  ['arrow', arrow],
])(
  `mutated %s files have the strict reader's number of rows, or a finding, or an error (seed ${SEED})`,
  async (_, format) => {
    const faults: string[] = []
    for (let i = 0; i < 60; i++) {
      const random = randomFrom(SEED + i)
      const bytes = format.mutate(random, format.make(random))
      const file = path.join(folder, `${i}.${format.ending}`)
      writeFileSync(file, bytes)
      const fault = await format.faultOf(() => relationOf(dataset(file, format.options)), format.reference(bytes))
      if (fault !== undefined) faults.push(`seed ${SEED + i}: ${fault}`)
    }
    expect(faults).toEqual([])
  },
)
