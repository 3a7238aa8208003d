import { valueText } from '../checks/receiver.ts'
import { nearest, wrongArgument } from '../errors.ts'
import { decimal, exactText } from '../words/text/numbers.ts'
import { settingOf } from './byColumn.ts'
import { type PeerName, peerMethod } from './compat/index.ts'
import type { DriftMethod } from './drift.ts'
import { driftMethods } from './methods/index.ts'
import type { DriftOptions } from './options.ts'

/** The method of that name; an AssayError that lists the names when there is none. */
export function methodNamed(name: string, compat?: PeerName): DriftMethod {
  if (compat !== undefined) return peerMethod(compat, name)
  const match = driftMethods.find((method) => method.name === name)
  if (match) return match
  const names = driftMethods.map((method) => method.name)
  const near = nearest(String(name), names)
  throw wrong(
    `got method: ${JSON.stringify(name)}`,
    near ? `did you mean ${JSON.stringify(near)}?` : `the methods are ${names.join(', ')}`,
  )
}

/** The limit of a column; an AssayError where it is not in the unit of its method. */
export function limitOf(options: DriftOptions, column: string, method: DriftMethod): number {
  return limitWithin(settingOf(options.limit, column) ?? method.limit, ` for column ${JSON.stringify(column)}`, method)
}

/** The limit; an AssayError where it is not in the unit of the method. Methods that are chosen by type measure between 0 and 1. */
export function limitWithin(limit: number, of: string, method: DriftMethod | undefined): number {
  const most = method?.most ?? 1
  // Half of all samples of one population have so large a number: who says 0.01 means p.
  if (method?.unit === '1 − p' && limit < 0.5)
    throw wrong(
      `got limit: ${valueText(limit)}${of}`,
      `${method.name} is held to 1 − p: p below ${exactText(limit)} is { limit: ${decimal(1 - limit, { beside: [1] })} }`,
    )
  if (limit < most) return limit
  const what = method ? `${method.unit} of ${method.name}` : 'an effect'
  const range = Number.isFinite(most) ? `lies between 0 and ${decimal(most)}` : 'is a finite number'
  throw wrong(`got limit: ${valueText(limit)}${of}`, `${what} ${range}: give e.g. ${method?.limit ?? 0.1}`)
}

const wrong = wrongArgument('noDriftFrom')
