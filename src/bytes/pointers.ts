import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { AssayError } from '../errors.ts'

const LONGEST = 1024

const pointers = [
  {
    starts: /^version https:\/\/(?:git-lfs|hawser)\.github\.com\/spec\//,
    name: 'a Git LFS pointer',
    hint: 'run `git lfs pull`',
  },
  { starts: /^(?:\.\.\/)*(?:\/|\.git\/)annex\/objects\//, name: 'a git-annex pointer', hint: 'run `git annex get`' },
  {
    starts:
      /^(?:md5: [0-9a-f]{32}\n(?:frozen: \w+\n)?)?(?:deps:\n[\s\S]*)?outs:\n- (?:md5|etag|hash|size|path|cache): /,
    name: 'a DVC pointer',
    hint: 'run `dvc pull`',
  },
] as const

/** Throws an AssayError when a pointer to the data stands in place of the data. `size` is that of the file. */
export async function checkNoPointer(file: string, size: number): Promise<void> {
  if (size > LONGEST || size === 0) return
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST), 0, LONGEST, 0)
    const text = buffer.toString('latin1', 0, bytesRead)
    const pointer = pointers.find(({ starts }) => starts.test(text))
    if (!pointer) return
    throw new AssayError('unreadable-file', `${JSON.stringify(file)} is ${pointer.name}, not the data`, {
      hint: `${pointer.hint} to get the data`,
    })
  } finally {
    await handle.close()
  }
}

/** What to try when a file is not there but DVC's pointer to it is. */
export function pointerHint(file: string): string | undefined {
  return existsSync(`${file}.dvc`) ? `${JSON.stringify(`${file}.dvc`)} points to it: run \`dvc pull\`` : undefined
}
