import type { Section } from '../page.ts'
import { about } from './about.ts'
import { attention } from './attention.ts'
import { checks } from './checks.ts'
import { columns } from './columns.ts'
import { drift } from './drift.ts'
import { model } from './model.ts'
import { waivers } from './waivers.ts'

/** The parts of the page, in order. */
export const sections: readonly Section[] = [attention, drift, model, checks, columns, waivers, about]
