import { execFile } from 'node:child_process'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/index.ts'
import { builtCli, plainEnvironment } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

// Blocks of docs/cli.md whose fence names a file make a folder; blocks of `console` hold commands and what they print
// there, one after the other. ASSAY_DOCS=write puts in what they print now.
const page = new URL('../../docs/cli.md', import.meta.url)
const fence = /^```(\w+)(?: ([^\n]+))?\n([\s\S]*?)^```$/gm

/** Times differ from run to run. */
const timeless = (text: string): string => text.replace(/\d+(\.\d+)? (ms|s|min)\b/g, '…')

function shell(line: string, cwd: string, bin: string): Promise<string> {
  const env = plainEnvironment({ PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` })
  return new Promise((resolve) => {
    execFile('bash', ['--norc', '-c', `{ ${line}\n} 2>&1`], { cwd, env }, (_, stdout) =>
      resolve(stdout.replaceAll(cwd, '/data')),
    )
  })
}

test('docs/cli.md shows what its commands print', async () => {
  const text = await readFile(page, 'utf8')
  const blocks = [...text.matchAll(fence)]
  const files = blocks.filter(([, , name]) => name !== undefined).map(([, , name, content]) => [name, content])
  const cwd = await folderWith(Object.fromEntries(files))
  const bin = await folderWith({ assay: `#!/bin/sh\nexec '${process.execPath}' '${await builtCli()}' "$@"\n` })
  await chmod(path.join(bin, 'assay'), 0o755)
  const printed: string[] = []
  for (const [, language, , content = ''] of blocks) {
    if (language !== 'console') continue
    const outputs: string[] = []
    for (const command of content.split('\n').filter((line) => line.startsWith('$ ')))
      outputs.push(`${command}\n${(await shell(command.slice(2), cwd, bin)).trimEnd()}`.trimEnd())
    printed.push(`${outputs.join('\n\n')}\n`)
  }
  let next = 0
  const now = text.replace(fence, (whole, language) =>
    language === 'console' ? `\`\`\`console\n${printed[next++]}\`\`\`` : whole,
  )
  if (process.env.ASSAY_DOCS === 'write') await writeFile(page, now)
  else expect(timeless(text)).toBe(timeless(now))
})

test('docs/cli.md tells of every command', async () => {
  const text = await readFile(page, 'utf8')
  for (const { name } of commands) expect(text).toContain(`assay ${name}`)
})
