export { exec, type ExecOptions } from './exec.ts'
export {
  isModel,
  type Model,
  type ModelOptions,
  model,
  type Prediction,
  type Predictions,
  type Scored,
} from './model.ts'
export { predictions, type PredictionRow, type PredictionsOptions } from './predictions.ts'
