import { isDataset, isDatasetColumn } from '../src/dataset/dataset.ts'
import { isModel } from '../src/models/model.ts'
import type { NamedSubject } from '../src/results/runDocument.ts'
import { pushMeta, type Task } from './current.ts'

let count = 0
/** `expect.poll` asks again and again on one assertion object, which begins once. */
const polls = new WeakMap<object, string>()

/**
 * Notes in what a test hands over that an assertion began. Returns what takes the note away again, once there is a
 * verdict: what a test that dies in between was about stays undecided, by name.
 */
export function noteBegun(task: Task, matcher: string, received: unknown, polled: object | undefined): () => void {
  const subject = subjectOf(received)
  if (!subject) return () => {}
  const earlier = polled && polls.get(polled)
  const entry = earlier ?? JSON.stringify({ ...subject, matcher, number: ++count })
  if (polled) polls.set(polled, entry)
  pushMeta(task, 'begun', entry)
  return () => {
    const { begun = [], ...meta } = task.meta.assay ?? {}
    task.meta.assay = { ...meta, begun: begun.filter((other) => other !== entry) }
  }
}

function subjectOf(received: unknown): NamedSubject | undefined {
  if (isDatasetColumn(received)) return subjectOf(received.dataset)
  const named = isDataset(received) ? received.identity : isModel(received) ? received : undefined
  if (!named) return undefined
  const { name, source } = named
  return { type: isDataset(received) ? 'dataset' : 'model', name, ...(source === undefined ? {} : { source }) }
}
