/** What `onnx` can be told. */
export interface OnnxOptions {
  /**
   * How the model is called in messages and reports; default: the name of its file.
   * @example { name: 'tumours@2' }
   */
  readonly name?: string
  /**
   * The fields of a record that make the model's input, in the order in which it was trained; for several inputs, those of
   * each. Not needed where each input of the model is called like a field.
   * @example { features: ['age', 'income'] }
   */
  readonly features?: readonly string[] | Readonly<Record<string, readonly string[]>>
  /**
   * What the model is given for an input: a record of its inputs by name, or the value of its only one. Values are numbers,
   * texts, lists of them, typed arrays, or `{ data, dims }`, of one case.
   * @example { input: (text) => ({ input_ids: encode(text) }) }
   */
  readonly input?: (input: never) => unknown
  /**
   * The output that answers, or a function of what all outputs say of a case. Default: the only output, or a label with
   * the scores beside it.
   * @example { output: 'probabilities' }
   */
  readonly output?: string | ((outputs: never) => unknown)
  /**
   * The classes, in the order of their scores; default: those that the file names.
   * @example { labels: ['benign', 'malignant'] }
   */
  readonly labels?: readonly string[]
  /**
   * Whether the scores are logits, of which shares are made that add up to 1; default false.
   * @example { labels: ['no', 'yes'], softmax: true }
   */
  readonly softmax?: boolean
  /**
   * Cases that are asked at once; default 256, or as many as the model says.
   * @example { batch: 32 }
   */
  readonly batch?: number
  /**
   * Options of the runtime's session.
   * @example { session: { intraOpNumThreads: 1 } }
   */
  readonly session?: Readonly<Record<string, unknown>>
  /**
   * What tells this model from another of its name; default: the hash of its file and of its weights.
   * @example { fingerprint: 'sha256:9f86d0' }
   */
  readonly fingerprint?: string
}
