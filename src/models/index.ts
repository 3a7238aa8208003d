export {
  isModel,
  type Model,
  type ModelOptions,
  model,
  type Prediction,
  type Predictions,
  type Scored,
} from './model.ts'
