import { execFile } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type { RunDocument } from './runDocument.ts'

/** Variables by which git looks for a repository elsewhere than in the folders above. */
const heeded = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_CEILING_DIRECTORIES']

type GitState = Pick<RunDocument, 'commit' | 'branch'>

/**
 * The commit and branch of a folder; nothing where git has no answer. Two small files tell most of the time: git itself,
 * which costs a process, is asked where they do not.
 */
export async function gitState(folder: string): Promise<GitState> {
  const elsewhere = heeded.some((name) => process.env[name] !== undefined)
  return (elsewhere ? undefined : stateInFiles(folder)) ?? (await stateByGit(folder))
}

/** What the files of a repository say; nothing outside of one, undefined where they do not say it plainly. */
function stateInFiles(folder: string): GitState | undefined {
  try {
    const repository = repositoryOf(realpathSync(folder))
    if (repository === undefined) return {}
    // A file stands for a work tree or a submodule, whose repository is elsewhere.
    if (!statSync(repository).isDirectory() || !existsSync(path.join(repository, 'objects'))) return undefined
    const head = readFileSync(path.join(repository, 'HEAD'), 'utf8').trim()
    if (isCommit(head)) return { commit: head, branch: 'HEAD' }
    const branch = /^ref: refs\/heads\/(?!.*\.\.)([^\s\\:?*[~^]+)$/.exec(head)?.[1]
    if (branch === undefined) return undefined
    const commit = readFileSync(path.join(repository, 'refs/heads', branch), 'utf8').trim()
    return isCommit(commit) ? { commit, branch } : undefined
  } catch {
    return undefined
  }
}

/** Of a commit by SHA-1 or SHA-256. */
const isCommit = (text: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)

/** The `.git` that is nearest above; undefined where there is none, and no folder above is itself a repository. */
function repositoryOf(start: string): string | undefined {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const repository = path.join(folder, '.git')
    if (existsSync(repository)) return repository
    if (existsSync(path.join(folder, 'HEAD')) && existsSync(path.join(folder, 'objects'))) return folder
    if (folder === path.dirname(folder)) return undefined
  }
}

async function stateByGit(cwd: string): Promise<GitState> {
  try {
    const asked = ['rev-parse', 'HEAD', '--abbrev-ref', 'HEAD']
    const { stdout } = await promisify(execFile)('git', asked, { cwd, timeout: 5000 })
    const [commit, branch] = stdout.trim().split('\n')
    return { ...(commit ? { commit } : {}), ...(branch ? { branch } : {}) }
  } catch {
    return {}
  }
}
