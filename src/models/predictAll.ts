import type { Answer } from './answer.ts'
import type { Predict } from './call.ts'
import { CallRun, type Calls } from './callRun.ts'
import type { ModelOptions, PredictOptions } from './modelOptions.ts'
import { Turns } from './turns.ts'

/**
 * Calls the function for all inputs, or for batches of them. Each answer is copied when it comes; each input is handed
 * over as a copy, and a model that changes it gets an error for it. Throws AssayError `aborted` when the signal aborts.
 */
export async function predictAll(
  predict: Predict,
  inputs: readonly unknown[],
  options: ModelOptions,
  calls: Calls,
  predictOptions: PredictOptions,
): Promise<readonly Answer[]> {
  const run = new CallRun(predict, inputs, options, calls, predictOptions)
  try {
    run.check()
    const turns = new Turns()
    let start = 0
    for (; start < inputs.length; start += run.size) {
      // What is under way, or waits for its next attempt, may show that it is back.
      while (run.isFull || (run.isSilent && run.isRunning)) await run.change()
      if (run.isSilent) break
      run.ask(start)
      if (!turns.isDue()) continue
      await turns.take()
      run.check()
    }
    while (run.isRunning) await run.change()
    return run.answers(start)
  } finally {
    run.release()
  }
}
