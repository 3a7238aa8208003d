import { AssayError, kindOf } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import { isPersonal, type MftCase } from './mft.ts'
import { shown } from './shown.ts'

/** What cases are sliced by: `capability`, a field of inputs that are records, or what a function says of a case. */
export type SliceBy = string | ((one: MftCase) => unknown)

const MOST = 200

/** Throws an AssayError for what slices nothing. */
export function checkSliceBy(sliceBy: unknown, asker: string): void {
  if (sliceBy === undefined || typeof sliceBy === 'function' || (typeof sliceBy === 'string' && sliceBy !== '')) return
  throw new AssayError('wrong-argument', `${asker} got ${kindOf(sliceBy)} as sliceBy`, {
    hint: "name a field of the inputs, 'capability', or give a function of the case",
  })
}

/**
 * The places of each slice, by what its cases have in common; cases without a value are in none. What personal cases have
 * in common is not told.
 */
export function slicesOf(cases: readonly MftCase[], sliceBy: SliceBy, asker: string): ReadonlyMap<string, number[]> {
  const slices = new Map<string, number[]>()
  cases.forEach((one, i) => {
    const value =
      typeof sliceBy === 'function'
        ? sliceBy(one)
        : sliceBy === 'capability'
          ? one.capability
          : isPlainObject(one.input) && Object.hasOwn(one.input, sliceBy)
            ? one.input[sliceBy]
            : undefined
    if (value === undefined || value === null || value === '') return
    const name = shown(value)
    const places = slices.get(name)
    if (places) places.push(i)
    else slices.set(name, [i])
  })
  if (slices.size === 0)
    throw new AssayError(
      'wrong-argument',
      `${asker}: no case has a value to slice by${typeof sliceBy === 'string' ? ` in ${JSON.stringify(sliceBy)}` : ''}`,
      {
        hint: "name a field of the inputs, 'capability', or give a function of the case",
      },
    )
  if (slices.size > MOST)
    throw new AssayError('wrong-argument', `${asker}: the cases have ${slices.size} values to slice by`, {
      hint: `slices are of at most ${MOST} values: give a function that puts them into groups`,
    })
  if (!cases.some(isPersonal)) return slices
  return new Map([...slices.values()].map((places, i) => [`slice ${i + 1}`, places]))
}
