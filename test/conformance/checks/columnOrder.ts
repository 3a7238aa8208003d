import { columnOrder } from '../../../src/checks/index.ts'
import { columns } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'

const names = columns.map(({ name }) => name)
const lists = [names, [...names].reverse(), ...names.map((name) => [name, 'none', 'x']).slice(0, 5)]
const cases: readonly CheckCase[] = [
  ...lists.map((list) =>
    held(
      (d) =>
        columnOrder(
          d,
          list.filter((name, i) => list.indexOf(name) === i),
        ),
      () => {
        const places = list.map((name) => names.indexOf(name)).filter((place) => place >= 0)
        return { status: places.every((place, i) => i === 0 || place >= (places[i - 1] as number)) ? 'pass' : 'fail' }
      },
    ),
  ),
  judged((d) => columnOrder(d, names), { status: 'pass' }),
  judged((d) => columnOrder(d, ['none', 'nowhere']), { status: 'vacuous', measured: 'none of them is there' }),
  judged((d) => columnOrder(d, [names[0] as string, names[2] as string, 'none']), { status: 'pass' }),
  judged((d) => columnOrder(d, [names[1] as string, names[0] as string]), { status: 'fail' }),
]
export default cases
