/** Whether a process of this number runs on this machine, whoever's it is. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Of another user's process it is only known that there is one.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
