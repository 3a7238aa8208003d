import path from 'node:path'

/** A path with slashes. */
export const posix = (file: string): string => file.split(path.sep).join('/')

/** The paths that a glob, or a folder with a slash at its end, stands for. */
export function globPattern(glob: string): RegExp {
  const source = posix(glob).replace(/\*\*\/|\*\*|\*|\?|\[!?[^\]]+\]|[\\^$.|+(){}[\]]/g, (token) => {
    if (token === '**/') return '(?:.*/)?'
    if (token === '**') return '.*'
    if (token === '*') return '[^/]*'
    if (token === '?') return '[^/]'
    if (token.length > 2) return token.replace(/^\[!/, '[^').replace(/\\/g, '\\\\')
    return `\\${token}`
  })
  return new RegExp(`^${source}${glob.endsWith('/') ? '.*' : '$'}`, 'u')
}
