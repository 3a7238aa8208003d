import { writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'

const texts: Readonly<Record<string, string>> = {
  csv: 'a,b\n1,é€😀\n',
  jsonl: '{"a":1,"b":"é€😀"}\n',
  json: '[{"a":1,"b":"é€😀"}]',
  log: 'é€😀\n',
}

test.each(Object.keys(texts))('a mark of any encoding is heeded in .%s, compressed or not', async (ending) => {
  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be']) {
    const bytes = iconv.encode(texts[ending] as string, encoding, { addBOM: true })
    for (const stored of [bytes, gzipSync(bytes)]) {
      const file = await temporaryFile(`a.${ending}`, '')
      await writeFile(file, stored)
      const [row] = await dataset(file).rows()
      expect(Object.values(row ?? {}).at(-1), encoding).toBe('é€😀')
    }
  }
})
