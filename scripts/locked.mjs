// Which version of a package the lock file names: what a registry brings out today is no fault of a change.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

/** The version, as `npm install` puts it at the root. */
export const locked = (name) => packages[`node_modules/${name}`].version
