import { readFileSync } from 'node:fs'

/**
 * The most MB that this process ever held. `maxRSS` holds on Linux what the process that started this one held, too, so that
 * there the kernel's own count is read.
 */
export function peakMegabytes() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024
  const [, kilobytes] = readFileSync('/proc/self/status', 'utf8').match(/^VmHWM:\s+(\d+) kB$/m)
  return Number(kilobytes) / 1024
}
