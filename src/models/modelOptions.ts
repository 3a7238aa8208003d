/** How a model is asked, and what it is. */
export interface ModelOptions {
  /**
   * The function takes up to this many inputs at once, as an array, and answers as many.
   * @example { batch: 32 }
   */
  readonly batch?: number
  /**
   * Calls under way at a time, whoever asked for them; default 8.
   * @example { concurrency: 2 }
   */
  readonly concurrency?: number
  /**
   * Milliseconds a call may take.
   * @example { timeout: 10_000 }
   */
  readonly timeout?: number
  /**
   * How often a call that failed is tried again; default 0.
   * @example { retries: 2 }
   */
  readonly retries?: number
  /**
   * Milliseconds before the second attempt; each further one waits twice as long, at most 30 seconds. Default 100.
   * @example { retries: 5, backoff: 500 }
   */
  readonly backoff?: number
  /**
   * Whether an answer serves all assertions about its input; default true. Say false for a model whose answers change
   * while the tests run.
   * @example { remember: false }
   */
  readonly remember?: boolean
  /**
   * The labels that it may answer; an answer with another one is an error. Default: any.
   * @example { labels: ['positive', 'negative'] }
   */
  readonly labels?: readonly string[]
  /**
   * What tells this model from another of its name: a file's hash, a commit.
   * @example { fingerprint: 'sha256:9f86d0' }
   */
  readonly fingerprint?: string
}

/** How a model is asked about one list of inputs. */
export interface PredictOptions {
  /**
   * Ends the calls when it aborts.
   * @example { signal: AbortSignal.timeout(60_000) }
   */
  readonly signal?: AbortSignal | undefined
  /**
   * Whether answers tell their latency, which costs quick models as much as they do.
   * @example { timed: true }
   */
  readonly timed?: boolean
  /**
   * Calls under way at a time, in place of the model's own number; of a model that is asked one input after another it
   * changes nothing.
   * @example { concurrency: 16 }
   */
  readonly concurrency?: number
  /**
   * Whether the inputs go on with those of the call before: a model that fell silent there is not asked again.
   * @example { goesOn: true }
   */
  readonly goesOn?: boolean
  /**
   * Which time this is that the inputs are asked, from 0: answers kept on disk serve no repeats.
   * @example { trial: 2 }
   */
  readonly trial?: number
  /**
   * Whether the inputs hold values of personal columns: then nothing of them is written to disk.
   * @example { personal: true }
   */
  readonly personal?: boolean
}
