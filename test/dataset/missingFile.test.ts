import { afterEach, expect, test, vi } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { folderWith } from '../helpers/files.ts'

afterEach(() => vi.unstubAllEnvs())

const refusal = (file: string): Promise<{ code: string; hint?: string }> =>
  dataset(file)
    .rows()
    .then(
      () => expect.unreachable(),
      (error) => error as { code: string; hint?: string },
    )

test('a file that lies under the root of vitest, which was started elsewhere, is pointed to', async () => {
  const root = await folderWith({ 'only-here.csv': 'a\n1\n', 'no-such-folder.csv': 'a\n1\n' })
  vi.stubEnv('ASSAY_ROOT', root)
  for (const file of ['only-here.csv', './no-such-folder/../no-such-folder.csv'])
    expect(await refusal(file)).toMatchObject({
      code: 'missing-file',
      hint: `a relative path starts in the working directory, and this file is in vitest's root, ${JSON.stringify(root)}: start vitest there, or give the file as a URL, new URL(…, import.meta.url)`,
    })
})

test('where it is not there either, the file that is called most alike is named', async () => {
  vi.stubEnv('ASSAY_ROOT', await folderWith({}))
  expect(await refusal('packag.json')).toMatchObject({ hint: 'did you mean "package.json"?' })
})
