import { onlyColumns } from '../../../src/checks/index.ts'
import { names, text } from '../awkward.ts'
import { type CheckCase, held } from '../known.ts'

const cases: readonly CheckCase[] = [names, ['id', text], [...names, 'none'], names.slice(1)].map((allowed) =>
  held(
    (d) => onlyColumns(d, allowed),
    () => {
      const value = names.filter((name) => !allowed.includes(name)).length
      return { status: value === 0 ? 'pass' : 'fail', value }
    },
  ),
)
export default cases
