import type { DistributionsBlock } from '../../src/results/blocks/distributions.ts'
import { comparison } from '../html/charts/comparison.ts'
import type { BlockDrawing } from './block.ts'

/** Two distributions over the same bins, beside the sentences. */
export const distributions: BlockDrawing<DistributionsBlock> = {
  beside: true,
  html: (block, { subject, title }) => comparison(block, subject.column ?? title),
}
