import { aboutDataset, type CheckInfo } from '../checks/check.ts'
import { hiddenSlice } from '../dataset/sliceWords.ts'
import { settingOf } from './byColumn.ts'
import type { DriftOptions } from './options.ts'
import type { Sides } from './pairs.ts'
import { namesIn, roleOf } from './roles.ts'

/** What a drift check, or its member of a column, says about itself. */
export function infoOf(
  { current, reference, columns }: Sides,
  column: string | undefined,
  options: DriftOptions,
): CheckInfo {
  const other = columns && columns.reference !== columns.current ? `.${columns.reference}` : ''
  const labelled = (slice: string | undefined) =>
    `${reference.name}${other}${slice === undefined ? '' : ` where ${slice}`}`
  const label = labelled(reference.slice)
  const hidden = hiddenSlice(reference)
  const named = (slice: string) => ({ reference: labelled(slice), title: titled(role, labelled(slice)) })
  const { limit, method, confidence, alpha, columns: only, except, roles = {}, onInconclusive, severity } = options
  const { findings, clusterBy, compat, chunks, driftedShare, acrossRuns, joinBy, multivariate } = options
  const role = roleOf(roles, column)
  const own = <T extends string | number>(setting: T | Readonly<Record<string, T>> | undefined): unknown =>
    column === undefined ? setting : settingOf(setting, column)
  const against = aboutDataset(reference, columns ? [columns.reference] : [])
  const about = aboutDataset(current, column === undefined ? [] : [column], {
    statement: { against: against.question.follows },
    limits: {
      against: against.question.about,
      limit: own(limit),
      method: own(method),
      findings: findings && { ...findings },
      // How sure a verdict is depends on how many columns are asked together.
      columns: only && new Set(only),
      except: except && new Set(except),
      roles: options.roles && { ...roles, time: new Set(namesIn(roles.time)), ignore: new Set(namesIn(roles.ignore)) },
      clusterBy,
      multivariate: typeof multivariate === 'object' ? { ...multivariate } : multivariate,
      joinBy: joinBy && new Set([joinBy].flat()),
      compat,
      chunks: chunks && { ...chunks },
      driftedShare,
      confidence: own(confidence),
      alpha,
      acrossRuns,
      onInconclusive: own(onInconclusive),
      severity,
    },
  })
  const { name, source } = reference.identity
  return {
    kind: 'noDriftFrom',
    family: 'drift',
    subject: { ...about.subject, reference: label, referenceOf: { name, source } },
    question: about.question,
    title: titled(role, label),
    expected: 'no drift',
    ...(hidden ? { discreet: [{ columns: hidden.columns, ...named(hidden.words) }] } : {}),
    ...(options.severity ? { severity: options.severity } : {}),
  }
}

const titled = (role: string | undefined, label: string): string => `no ${role ? `${role} ` : ''}drift from ${label}`
