// Models that do not answer as a model should: no statement about them passes, nor its contrary.
import { exec, model } from 'assay'
import { asked, ofModels } from './matchers.mjs'

const answers = (name, answer, options) => ({ name, open: () => model('m@1', answer, options) })
const circle = {}
circle.self = circle
const shared = []

export const models = [
  answers('throws', () => {
    throw new Error('no')
  }),
  answers('rejects', () => Promise.reject(new Error('no'))),
  answers('never answers', () => new Promise(() => {}), { timeout: 50 }),
  answers('undefined', () => undefined),
  answers('null', () => null),
  answers('NaN', () => Number.NaN),
  answers('a Map', () => new Map([['label', 'A']])),
  answers('a Set', () => new Set(['A'])),
  answers('a Date', () => new Date()),
  answers('a function', () => () => 'A'),
  answers('a symbol', () => Symbol('A')),
  answers('a generator', () => (function* () {})()),
  answers('a circle', () => circle),
  answers('an object with NaN', () => ({ label: Number.NaN })),
  answers('an object with undefined', () => ({ label: undefined })),
  answers(
    'a class instance',
    () =>
      new (class Label {
        label = 'A'
      })(),
  ),
  answers('one list, filled further each time', (input) => {
    shared.push(input)
    return shared
  }),
  answers('too few answers', () => ['A'], { batch: 2 }),
  answers('too many answers', () => ['A', 'B', 'C'], { batch: 2 }),
  answers('no list for a batch', () => 'A', { batch: 2 }),
  { name: 'a process that is not there', open: () => exec('no-such-program-anywhere', { timeout: 5000 }) },
  { name: 'a process that dies', open: () => exec('exit 3', { timeout: 20_000 }) },
  { name: 'a process that says no JSON', open: () => exec('cat > /dev/null; echo nonsense', { timeout: 20_000 }) },
]

export async function rows(i) {
  const { open } = models[i]
  const subject = open()
  return asked(ofModels, () => subject)
}
