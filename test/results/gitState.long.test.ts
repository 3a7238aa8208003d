import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { gitState } from '../../src/results/gitState.ts'

const all = mkdtempSync(path.join(tmpdir(), 'assay-git-'))
const temporaryFolder = (): string => mkdtempSync(path.join(all, 'folder-'))
afterAll(() => rmSync(all, { recursive: true, force: true }))

// As where no hook of git started the tests.
beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) vi.stubEnv(name, undefined)
  return () => void vi.unstubAllEnvs()
})

const commitOf = (folder: string): string => git(folder, 'rev-parse', 'HEAD').trim()

function git(folder: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

const template = temporaryFolder()
git(template, 'init', '-q', '-b', 'main')
git(template, 'commit', '-q', '--allow-empty', '-m', 'first')

/** A repository with one commit on the branch `main`. */
function repository(): string {
  const folder = temporaryFolder()
  cpSync(template, folder, { recursive: true })
  return folder
}

/** What git itself says of the folder: nothing where it says nothing. */
function asGitSays(folder: string): object {
  try {
    return { commit: commitOf(folder), branch: git(folder, 'rev-parse', '--abbrev-ref', 'HEAD').trim() }
  } catch {
    return {}
  }
}

const states: Record<string, () => string> = {
  'a branch': () => repository(),
  'a branch whose name has a slash': () => {
    const folder = repository()
    git(folder, 'branch', '-m', 'feature/small-files')
    return folder
  },
  'a folder deep inside': () => {
    const folder = path.join(repository(), 'packages/a')
    mkdirSync(folder, { recursive: true })
    return folder
  },
  'a link to a folder inside': () => {
    const folder = repository()
    const link = path.join(temporaryFolder(), 'link')
    symlinkSync(folder, link, 'junction')
    return link
  },
  'no branch, a commit alone': () => {
    const folder = repository()
    git(folder, 'checkout', '-q', '--detach')
    return folder
  },
  'branches that were packed': () => {
    const folder = repository()
    git(folder, 'pack-refs', '--all')
    return folder
  },
  'a work tree beside': () => {
    const folder = path.join(temporaryFolder(), 'beside')
    git(repository(), 'worktree', 'add', '-q', '-b', 'other', folder)
    return folder
  },
  'no commit yet': () => {
    const folder = temporaryFolder()
    git(folder, 'init', '-q')
    return folder
  },
  'no repository': () => temporaryFolder(),
  'the inside of a repository': () => path.join(repository(), '.git'),
  'a .git that is none, inside of a repository': () => {
    const folder = path.join(repository(), 'inner')
    mkdirSync(path.join(folder, '.git'), { recursive: true })
    return folder
  },
  'a HEAD that names no branch': () => {
    const folder = repository()
    writeFileSync(path.join(folder, 'secret'), commitOf(folder))
    writeFileSync(path.join(folder, '.git/HEAD'), 'ref: refs/heads/../../../secret\n')
    return folder
  },
}

test.each(Object.keys(states))('the commit and branch are those that git says: %s', async (state) => {
  const folder = (states[state] as () => string)()
  expect(await gitState(folder)).toEqual(asGitSays(folder))
})

test('a repository that the environment names is the one that is asked', async () => {
  const [here, named] = [repository(), repository()]
  git(named, 'commit', '-q', '--allow-empty', '-m', 'second')
  vi.stubEnv('GIT_DIR', path.join(named, '.git'))
  const commit = readFileSync(path.join(named, '.git/refs/heads/main'), 'utf8').trim()
  expect(await gitState(here)).toEqual({ commit, branch: 'main' })
})

test('a branch is told without asking git', async () => {
  const folder = repository()
  const state = asGitSays(folder)
  vi.stubEnv('PATH', '')
  expect(await gitState(folder)).toEqual(state)
})
