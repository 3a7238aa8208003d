// What the plugin costs a test file that has no data, and loading the package one that has.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { line, number, root, shown, spread } from './lib.mjs'

export async function startup() {
  const folder = join(root, 'tmp', `startup-${process.pid}`)
  const FILES = 20
  // As it is installed: in node_modules, where vitest takes modules as they are.
  const installed = join(folder, 'with/node_modules/assay')
  cpSync(join(root, 'dist'), join(installed, 'dist'), { recursive: true })
  cpSync(join(root, 'package.json'), join(installed, 'package.json'))
  const plugin = `import assay from 'assay/vitest'\n`
  for (const [name, head, plugins] of [
    ['with', plugin, 'assay({ report: false })'],
    ['plain', '', ''],
  ]) {
    // Alike but for the plugin: vitest looks for a package.json and for node_modules, and where it finds none it takes longer.
    mkdirSync(join(folder, name, 'node_modules'), { recursive: true })
    writeFileSync(join(folder, name, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }))
    writeFileSync(join(folder, name, 'vitest.config.mjs'), `${head}export default { plugins: [${plugins}] }\n`)
    for (let i = 0; i < FILES; i++)
      writeFileSync(
        join(folder, name, `f${i}.test.mjs`),
        `import { expect, test } from 'vitest'\ntest('t', () => { expect(1).toBe(1) })\n`,
      )
  }
  const seconds = { with: [], plain: [] }
  for (let i = 0; i < 9; i++) {
    for (const name of i % 2 ? ['plain', 'with'] : ['with', 'plain']) {
      const start = performance.now()
      const { status } = spawnSync(
        process.execPath,
        [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', join(folder, name)],
        { stdio: 'ignore' },
      )
      if (status !== 0) throw new Error(`the ${name} project failed`)
      seconds[name].push(performance.now() - start)
    }
  }
  rmSync(folder, { recursive: true, force: true })
  const ms = (spread(seconds.with).median - spread(seconds.plain).median) / FILES
  const loading = []
  for (let i = 0; i < 9; i++) {
    const entry = join(root, 'dist/src/index.js')
    const code = `const start = performance.now(); await import(${JSON.stringify(entry)}); console.log(performance.now() - start)`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })
    loading.push(Number(stdout))
  }
  return [
    line('the plugin, per file without data tests: ms', number(ms, 1), '≤ 20', ms <= 20),
    line('loading the package, once in a file with data tests: ms', shown(loading, 0)),
  ]
}
