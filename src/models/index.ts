export { type Answer, answer, type AnswerParts, type Usage } from './answer.ts'
export { exec } from './exec.ts'
export type { ExecOptions } from './execOptions.ts'
export {
  isModel,
  type Model,
  model,
  type Prediction,
  type Scored,
} from './model.ts'
export { predictions, type PredictionRow, type PredictionsOptions } from './predictions.ts'
export type { CallContext } from './call.ts'
export type { ModelOptions, PredictOptions } from './modelOptions.ts'
export { chat, type ChatOptions } from './chat.ts'
export { http, type HttpOptions, mlflow } from './http.ts'
export { onnx } from './onnx/onnx.ts'
export type { OnnxOptions } from './onnx/onnxOptions.ts'
export { recorded, type RecordedOptions } from './recorded.ts'
