/** How many calls of a model are under way, whoever asked for them. */
export class Gate {
  private running = 0
  private readonly waiting = new Set<() => void>()
  readonly limit: number

  constructor(limit: number) {
    this.limit = limit
  }

  get full(): boolean {
    return this.running >= this.limit
  }

  enter(): void {
    this.running++
  }

  leave(): void {
    this.running--
    for (const wake of this.waiting) wake()
  }

  /** Calls back whenever a call has ended; returns how to listen no more. */
  onLeave(wake: () => void): () => void {
    this.waiting.add(wake)
    return () => this.waiting.delete(wake)
  }
}
