// Installs, builds, runs the example on real data and says where the report is.
import { join } from 'node:path'
import { install, root, run, tool } from './run.mjs'

install()
run(process.execPath, ['scripts/build.mjs'])
tool('vitest', ['run', '--root', 'examples/first-light'])
console.log(`\nThe report is at ${join(root, 'report', 'index.html')}`)
