/** What the parts of a command came to. */
export class Totals {
  passed = 0
  failed = 0
  skipped = 0
  /** What failed, by name: it is said once more at the end, which is what CI shows first. */
  failures = []

  /** Counts something that `passed`, `failed` or was `skipped`. */
  count(status, name) {
    this[status]++
    if (status === 'failed') this.failures.push(name)
  }

  /** Prints what failed and the line that closes a command of many parts, and ends the process with it. */
  close() {
    const { passed, failed, skipped, failures } = this
    if (failed > 0) console.log(['', 'failed:', ...failures.map((name) => `  ✗ ${name}`)].join('\n'))
    console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
    process.exit(failed > 0 || passed === 0 ? 1 : 0)
  }
}
