import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const files = ['src', 'matchers'].flatMap((folder) =>
  (readdirSync(path.join(root, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/'))),
)
const timers = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate']
const globals = [
  /\bperformance\.|\bDate\.now\b|\bnew Date\(\)|\bprocess\.(nextTick|hrtime)|\bAbortSignal\.timeout\b|\bqueueMicrotask\(/,
  /from 'node:timers/,
]

/** Uses of the globals, comments and text aside. */
function uses(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8')
  const code = text.replace(/\/\*[^]*?\*\/|\/\/.*|`[^`]*`|'[^'\n]*'/g, (part) =>
    part.includes('realTimers') ? part : '0',
  )
  const imported = /import \{([^}]*)\} from '[^']*realTimers\.ts'/.exec(code)?.[1] ?? ''
  const names = imported.split(',').map((name) => name.trim())
  return [
    ...timers.filter((name) => new RegExp(`(?<![\\w.])${name}\\(`).test(code) && !names.includes(name)),
    ...globals.flatMap((pattern) => pattern.exec(code)?.[0] ?? []),
  ]
}

test('no file but one uses timers and clocks that a test may replace', () => {
  const wrong = files
    .filter((file) => file !== 'src/realTimers.ts')
    .flatMap((file) => uses(file).map((use) => `${file}: ${use}`))
  expect(wrong).toEqual([])
})
