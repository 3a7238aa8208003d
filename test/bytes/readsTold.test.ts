import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { mft } from '../../src/behavior/mft.ts'
import { onRead } from '../../src/bytes/reads.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { freeze } from '../../src/drift/frozen/freeze.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import { model } from '../../src/models/model.ts'
import { onnx } from '../../src/models/onnx/onnx.ts'
import { predictions } from '../../src/models/predictions.ts'
import { recorded } from '../../src/models/recorded.ts'
import { folderWith } from '../helpers/files.ts'

const iris = fileURLToPath(new URL('../fixtures/onnx/iris.onnx', import.meta.url))
const now = dataset([{ a: 1 }])

const readers: readonly (readonly [name: string, read: (file: string) => unknown, content: string])[] = [
  ['a.csv', (file) => relationOf(dataset(file)), 'a\n1\n'],
  ['cases.csv', (file) => mft(file), 'input,expected\na,b\n'],
  ['predictions.jsonl', (file) => predictions(file), '{"input":"a","prediction":"b"}\n'],
  ['frozen.json', (file) => freeze(now, file).then(() => noDriftFrom(now, file)), ''],
  ['iris.onnx', () => onnx(iris), ''],
  [
    'answers',
    (file) =>
      recorded(
        model('m@1', () => 'a', { fingerprint: 'f' }),
        { folder: file },
      ).predict(['b']),
    '',
  ],
]

test.for(readers)(
  'what reads %s says that it does, so that a change runs the tests again',
  async ([name, read, content]) => {
    const folder = await folderWith(content === '' ? {} : { [name]: content })
    const files: string[] = []
    const stop = onRead({ file: (file) => files.push(path.basename(file)), pattern: () => {} })
    try {
      await read(path.join(folder, name))
    } finally {
      stop()
    }
    expect(files).toContainEqual(name === 'answers' ? expect.stringMatching(/^m@1~.*\.jsonl$/) : name)
  },
)
