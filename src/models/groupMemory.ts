import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { type Memory, peakOf } from './residentMemory.ts'

/** Memory of a group of processes: on Linux the most that each ever held, elsewhere what they hold now. */
export function groupMemory(group: number): Memory | undefined {
  if (process.platform === 'win32') return undefined
  const bytes = process.platform === 'linux' ? peakIn('/proc', group) : held(group)
  return bytes === 0 ? undefined : { bytes }
}

function peakIn(folder: string, group: number): number {
  let sum = 0
  for (const name of readdirSync(folder)) {
    if (!/^\d+$/.test(name)) continue
    try {
      // The name of a program stands in brackets and may hold any character.
      const stat = readFileSync(`${folder}/${name}/stat`, 'utf8')
      const [, , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (Number(pgrp) !== group) continue
      sum += peakOf(`${folder}/${name}`) ?? 0
    } catch {
      // it ended in between
    }
  }
  return sum
}

function held(group: number): number {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pgid=,rss='], { encoding: 'utf8' })
  let sum = 0
  for (const line of (stdout ?? '').split('\n')) {
    const [pgid, kilobytes] = line.trim().split(/\s+/)
    if (Number(pgid) === group) sum += Number(kilobytes) * 1024
  }
  return sum
}
