import path from 'node:path'
import picomatch from 'picomatch'

/** A path with slashes. */
export const posix = (file: string): string => file.split(path.sep).join('/')

const literal = (folder: string): string => folder.replace(/[\\()[\]{}!*?+@$^|]/g, (character) => `\\${character}`)

/**
 * The paths that a glob, or a folder with a slash at its end, stands for, read as where the files are looked for. In
 * what lies below the current folder that folder's own characters stand for themselves.
 */
export function globPattern(glob: string): RegExp {
  if (/[/\\]$/.test(glob)) return picomatch.makeRe(`${literal(posix(glob))}**`, { dot: true })
  const here = `${posix(process.cwd())}/`
  const pattern = posix(glob)
  const below = pattern.startsWith(here)
  return picomatch.makeRe(below ? literal(here) + pattern.slice(here.length) : pattern, { posix: true })
}
