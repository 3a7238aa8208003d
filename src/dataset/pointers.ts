import { existsSync } from 'node:fs'
import { AssayError } from '../errors.ts'
import { fileHead } from './bytes.ts'

const pointers = [
  {
    name: 'Git LFS',
    begins: /^version https:\/\/(git-lfs\.github\.com|hawser\.github\.com)\/spec\//,
    get: 'git lfs pull',
  },
  { name: 'DVC', begins: /^(md5: [0-9a-f]{32}\n)?(frozen: \w+\n)?outs:\r?\n\s*- /, get: 'dvc pull' },
  { name: 'git-annex', begins: /^(\.\.\/)*(\.git)?\/annex\/objects\//, get: 'git annex get' },
] as const

/** Throws when the file is a pointer to data that lies elsewhere, and says how to get the data. */
export async function refusePointer(file: string): Promise<void> {
  const head = (await fileHead(file, 200)).toString('latin1')
  const found = pointers.find(({ begins }) => begins.test(head))
  if (!found) return
  throw new AssayError('unreadable-file', `${JSON.stringify(file)} is a ${found.name} pointer, not the data`, {
    hint: `run \`${found.get}\` to get the data`,
  })
}

/** What brings a file that is missing, when its pointer lies beside it. */
export function pointerBeside(file: string): string | undefined {
  return existsSync(`${file}.dvc`)
    ? `${JSON.stringify(`${file}.dvc`)} is there: run \`dvc pull\` to get the data`
    : undefined
}
