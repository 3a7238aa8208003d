import { totalmem } from 'node:os'

/** The memory of the machine, or of the container when that is less, over the workers that share it; in bytes. */
export function workerMemory(): number {
  const workers = Math.max(1, Number(process.env.ASSAY_WORKERS) || 1)
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / workers
}
