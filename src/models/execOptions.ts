/** What `exec` can be told. */
export interface ExecOptions {
  /**
   * How the model is called in messages and reports; default: the command.
   * @example { name: 'sentiment@1.4.0' }
   */
  readonly name?: string
  /**
   * Milliseconds the process may be silent; default: as long as it takes.
   * @example { timeout: 60_000 }
   */
  readonly timeout?: number
  /**
   * The labels that it may answer; an answer with another one is an error. Default: any.
   * @example { labels: ['positive', 'negative'] }
   */
  readonly labels?: readonly string[]
  /**
   * What tells this model from another of its name.
   * @example { fingerprint: 'sha256:9f86d0' }
   */
  readonly fingerprint?: string
  /**
   * Called with how many predictions have been read.
   * @example { onProgress: (done) => console.log(done) }
   */
  readonly onProgress?: (done: number) => void
}
