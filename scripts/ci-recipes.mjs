// Runs what docs/ci tells people to run, in projects outside the repository that install the packed tarball. What this
// machine cannot run (Docker, a CI server's own steps) is named with the reason.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { locked } from './locked.mjs'
import { root } from './run.mjs'
import { pack } from './tarball.mjs'
import { Totals } from './totals.mjs'

/** The day on which the recipes run: the waiver of the docs still holds. */
const NOW = '2026-11-24T10:00:00.000Z'

/** Blocks of a page whose fence names a file, by that name. */
function blocksOf(page) {
  const text = readFileSync(join(root, 'docs/ci', page), 'utf8')
  return Object.fromEntries(
    [...text.matchAll(/^```\w+ ([^\n]+)\n([\s\S]*?)^```$/gm)].map(([, name, body]) => [name, body]),
  )
}

export function ciRecipes(folder, totals) {
  const recipe = (name, work) => {
    const start = Date.now()
    try {
      work()
      totals.count('passed')
      console.log(`✓ recipe, ${name} (${Math.round((Date.now() - start) / 1000)} s)`)
    } catch (error) {
      totals.count('failed', `recipe, ${name}`)
      console.log(`✗ recipe, ${name}\n${error.message}`)
    }
  }
  const skip = (name, reason) => {
    totals.count('skipped')
    console.log(`○ recipe, ${name}: ${reason}`)
  }
  const told = (what, reason) => console.log(`  not executed: ${what} (${reason})`)

  const base = join(folder, 'recipes')
  const pages = blocksOf('README.md')
  const tarball = pack(folder)
  install(base, pages, tarball, {})

  /** A copy of the project; `installed` shares the packages, which a recipe with `npm ci` must not do. */
  let copies = 0
  const project = (files = {}, { from = base, installed = true } = {}) => {
    const copy = join(folder, `recipe-${++copies}`)
    cpSync(from, copy, { recursive: true, filter: (file) => file !== join(from, 'node_modules') })
    if (installed) symlinkSync(join(from, 'node_modules'), join(copy, 'node_modules'))
    write(copy, files)
    return copy
  }
  const broken = { 'orders.csv': pages['orders.csv'].replace('12.25', '-12.25') }

  recipe('the project of the pages: tests, check and its exit codes, a waiver', () => {
    const cwd = project()
    expectCode(sh('npx --no-install vitest run', { cwd }), 0, /1 passed/)
    for (const file of ['index.html', 'report.json', 'summary.md']) must(existsSync(join(cwd, 'report', file)), file)
    const check = 'npx --no-install assay check orders.csv --schema orders.schema.json'
    expectCode(sh(check, { cwd }), 0, /holds/)
    expectCode(sh(check.replace('orders.csv', 'none.csv'), { cwd }), 2, /there is no file/)
    write(cwd, broken)
    expectCode(sh(check, { cwd }), 1, /-12\.25/)
    expectCode(sh('npx --no-install vitest run', { cwd }), 1, /✗ orders\.amount: values at least 0/)
    const { parse: parseRun } = createRequire(join(cwd, 'package.json'))('assay/results')
    const { results } = parseRun(readFileSync(join(cwd, 'report/report.json'), 'utf8'))
    const { id } = results.find(({ status }) => status === 'fail')
    const [, waive] = /^```sh\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, 'docs/ci/README.md'), 'utf8'))
    must(waive.includes(id.replace(/~.*/, '')), `the waiver of the page is of ${id}`)
    expectCode(
      sh(waive.replace(/\S+~1a2b3c4d5e6f/, id).replace(/--until \S+/, '--until 2999-01-31'), { cwd }),
      0,
      /is accepted until 2999-01-31, up to 1 row/,
    )
    const after = sh('npx --no-install vitest run', { cwd })
    expectCode(
      after,
      0,
      /Accepted orders\.amount .*accepted by dana until 2999-01-31, up to 1 row: refunds, gone with release 7/,
    )
    const late = sh('npx --no-install vitest run', { cwd, env: { ASSAY_NOW: '2999-02-01T00:00:00.000Z' } })
    expectCode(late, 1, /the waiver of dana expired on 2999-01-31/)
  })

  for (const [page, name, job] of [
    ['github-actions.md', '.github/workflows/data.yml', 'data'],
    ['github-actions.md', '.github/workflows/check.yml', 'check'],
  ]) {
    recipe(`GitHub Actions, ${name}`, () => {
      const cwd = project(broken, { installed: false })
      const { steps } = parse(blocksOf(page)[name]).jobs[job]
      const summary = join(cwd, 'step-summary.md')
      let last
      for (const step of steps) last = githubStep(step, { cwd, summary, told })
      expectCode(last, 1, /orders/)
      const annotated = last.output.split('\n').filter((line) => line.startsWith('::error '))
      must(annotated.length >= 1, `failures are annotated:\n${last.output}`)
      must(readFileSync(summary, 'utf8').includes('## Data and model checks'), 'the job summary has our part')
      must(existsSync(join(cwd, 'report/index.html')), 'the report that is uploaded exists')
    })
  }

  recipe('GitHub Actions, hostile inputs of the action stay arguments', () => {
    const cwd = project()
    const hostile = ['-t', '$(touch pwned) `touch pwned` "; touch pwned; "', "' || touch pwned; '", '*']
    const step = (inputs) =>
      githubStep({ uses: './node_modules/assay', with: inputs }, { cwd, summary: join(cwd, 's.md'), told: () => {} })
    step({ arguments: hostile.join('\n') })
    step({ command: 'check', arguments: hostile.slice(1).join('\n'), report: '$(touch pwned)' })
    expectCode(step({ command: 'x"; touch pwned; "\n::error::y' }), 2, /is "test" or "check", not "x[^:]*"$/m)
    must(!existsSync(join(cwd, 'pwned')), 'an input was run')
  })

  recipe('GitHub Actions, vitest 5 annotates a failure once, and we what fails no test', () => {
    const five = join(folder, 'recipes-vitest-5')
    install(five, pages, tarball, { vitest: '^5', node: '^24' })
    for (const [from, node] of [
      [base, process.execPath],
      [five, join(five, 'node_modules/node/bin/node')],
    ]) {
      const cwd = project(broken, { from })
      const { output } = run(node, ['node_modules/vitest/vitest.mjs', 'run'], {
        cwd,
        env: { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: cwd },
      })
      const levels = output.split('\n').flatMap((line) => /^::(error|warning|notice) /.exec(line)?.[1] ?? [])
      must(
        levels.toSorted().join() === 'error,warning',
        `one error and one warning in ${from}, not ${levels.join()}:\n${output}`,
      )
      const ours = output.slice(output.indexOf(' ✗ Fail'))
      must(ours.includes('▲ Warn orders') && !ours.includes('\u001b['), `our lines have no color codes in CI:\n${ours}`)
    }
  })

  recipe('GitLab', () => {
    const cwd = project({}, { installed: false })
    const { data } = parse(blocksOf('gitlab.md')['.gitlab-ci.yml'])
    told(`image ${data.image}`, 'no container engine here')
    expectCode(sh([...data.before_script, ...data.script].join('\n'), { cwd, env: { CI: 'true' } }), 0)
    for (const path of [...data.artifacts.paths, data.artifacts.reports.junit]) must(existsSync(join(cwd, path)), path)
  })

  recipe('Jenkins', () => {
    const cwd = project({}, { installed: false })
    const pipeline = blocksOf('jenkins.md').Jenkinsfile
    const commands = [...pipeline.matchAll(/^\s*sh '([^']+)'$/gm)].map(([, command]) => command)
    must(commands.length === 2, 'the pipeline has two sh steps')
    told('agent, junit, archiveArtifacts', 'no Jenkins here')
    for (const command of commands) expectCode(sh(command, { cwd, env: { CI: 'true' } }), 0)
    const kept = [/junit '([^']+)'/, /artifacts: '([^'*]+)/].map((pattern) => pattern.exec(pipeline)[1])
    for (const path of kept) must(existsSync(join(cwd, path)), path)
  })

  recipe('bash', () => {
    const files = blocksOf('bash.md')
    const cwd = project({ ...files, 'broken.csv': broken['orders.csv'] }, { installed: false })
    expectCode(sh('bash test.sh', { cwd }), 0, /1 passed/)
    expectCode(sh('bash check-orders.sh orders.csv', { cwd }), 0, /publish orders\.csv/)
    expectCode(sh('bash check-orders.sh broken.csv', { cwd }), 1, /hold broken\.csv back/)
    expectCode(sh('bash check-orders.sh none.csv', { cwd }), 2, /nothing is known about none\.csv/)
    expectCode(sh('bash pipe.sh', { cwd }), 0, /orders holds/)
  })

  const app = join(folder, 'app')
  recipe('Docker, the lines of the Dockerfile and the services of compose.yaml', () => {
    const files = blocksOf('docker.md')
    const cwd = project()
    const ignored = files['.dockerignore'].trim().split('\n')
    let command
    for (const line of files.Dockerfile.trim().split('\n')) {
      const [, instruction, rest] = /^(\w+) (.*)$/.exec(line)
      if (instruction === 'FROM') told(`FROM ${rest}`, 'no Docker engine here')
      else if (instruction === 'WORKDIR') mkdirSync(app, { recursive: true })
      else if (instruction === 'COPY') copyInto(cwd, app, rest.split(' ').slice(0, -1), ignored)
      else if (instruction === 'RUN') expectCode(sh(rest, { cwd: app }), 0)
      else if (instruction === 'CMD') command = JSON.parse(rest)
      else throw new Error(`what to do with ${line}?`)
    }
    const { services } = parse(files['compose.yaml'])
    for (const [name, service] of Object.entries(services)) {
      must(service.build === '.', `${name} is built here`)
      for (const volume of service.volumes) must(/^\.\/\w+:\/app\/\w+(:ro)?$/.test(volume), volume)
    }
    write(app, { 'data/orders.csv': pages['orders.csv'] })
    expectCode(run(command[0], command.slice(1), { cwd: app }), 0, /orders holds/)
    const [program, ...words] = services.tests.command
    expectCode(run(program, words, { cwd: app, env: services.tests.environment }), 0, /1 passed/)
    must(existsSync(join(app, 'report/index.html')), 'the report is where the volume is')
  })

  recipe("Kubernetes, the container's command", () => {
    const job = parse(blocksOf('kubernetes.md')['cronjob.yaml'])
    const { containers, volumes } = job.spec.jobTemplate.spec.template.spec
    const [{ command, args, volumeMounts, image }] = containers
    told(`the CronJob on ${image}`, 'no cluster here')
    for (const { name } of volumeMounts)
      must(
        volumes.some((volume) => volume.name === name),
        `volume ${name}`,
      )
    const [program, ...words] = [...command, ...args]
    expectCode(run(program, words, { cwd: app }), 0, /orders holds/)
    write(app, { 'data/orders.csv': broken['orders.csv'] })
    expectCode(run(program, words, { cwd: app }), 1, /does not hold/)
  })

  recipe('without vitest: a plain script and node:test', () => {
    const cwd = project()
    cpSync(join(root, 'examples/without-vitest'), cwd, { recursive: true })
    const script = () => run(process.execPath, ['script.mjs'], { cwd })
    const suite = () => run(process.execPath, ['--test', 'orders.test.mjs'], { cwd })
    expectCode(script(), 1, /^fail {2}orders\.amount: values at least 0 {2}80 % of 5 tested rows$/m)
    expectCode(suite(), 1, /expected at least 0, measured 80 % of 5 tested rows/)
    const orders = join(cwd, 'orders.csv')
    writeFileSync(orders, readFileSync(orders, 'utf8').replace('-3.50', '3.50'))
    expectCode(script(), 0, /^pass {2}orders\.amount/m)
    expectCode(suite(), 0)
  })

  airflow(folder, { recipe, skip, project, broken })
}

/** The DAG with Airflow from PyPI, and the manifest with the schemas of Kubernetes from there. */
function airflow(folder, { recipe, skip, project, broken }) {
  const venv = join(folder, 'venv')
  const made = run('python3', ['-m', 'venv', venv], { cwd: folder })
  const packages = ['apache-airflow==3.*', 'kubernetes-validate']
  const got = made.code === 0 && run(join(venv, 'bin/pip'), ['install', '--quiet', ...packages], { cwd: folder })
  if (!got || got.code !== 0) {
    const reason = (got || made).output.trim().split('\n').pop()
    skip('Airflow, the DAG', `${packages.join(', ')} could not be installed: ${reason}`)
    skip('Kubernetes, the manifest against its schema', reason)
    return
  }
  recipe('Kubernetes, the manifest against its schema', () => {
    write(folder, { 'cronjob.yaml': blocksOf('kubernetes.md')['cronjob.yaml'] })
    const validate = (file) => run(join(venv, 'bin/kubernetes-validate'), ['--strict', file], { cwd: folder })
    expectCode(validate('cronjob.yaml'), 0)
    write(folder, { 'wrong.yaml': blocksOf('kubernetes.md')['cronjob.yaml'].replace('schedule:', 'scheduled:') })
    must(validate('wrong.yaml').code !== 0, 'the schema refuses a typo')
  })
  recipe('Airflow, the DAG', () => {
    const home = join(folder, 'airflow')
    write(home, blocksOf('airflow.md'))
    const env = {
      AIRFLOW_HOME: home,
      AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
      AIRFLOW__CORE__DAGS_FOLDER: join(home, 'dags'),
    }
    const tool = (args, cwd) =>
      run(join(venv, 'bin/airflow'), args, { cwd: home, env: { ...env, ORDERS_PROJECT: cwd } })
    const good = project()
    expectCode(tool(['db', 'migrate'], good), 0)
    expectCode(tool(['dags', 'test', 'orders_quality', '2026-11-24'], good), 0, /^published$|published/m)
    must(existsSync(join(good, 'report/2026-11-24/index.html')), 'the report of the day')
    const bad = tool(['dags', 'test', 'orders_quality', '2026-11-25'], project(broken))
    must(/orders of 2026-11-25 break their schema/.test(bad.output), bad.output)
    must(/state=failed/.test(bad.output) && !/^published$/m.test(bad.output), `nothing is published:\n${bad.output}`)
  })
}

/** One step of a job or of the composite action, as GitHub runs it; inputs of an action become environment variables. */
function githubStep(step, { cwd, summary, told, inputs = {} }) {
  const filled = (text) => String(text).replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name) => inputs[name] ?? '')
  if (step.run !== undefined) {
    must(step.shell === undefined || step.shell === 'bash', 'steps run in bash')
    must(!step.run.includes('${{'), 'nothing is pasted into a script')
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)]))
    const github = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: cwd, GITHUB_STEP_SUMMARY: summary }
    return sh(step.run, { cwd: join(cwd, filled(step['working-directory'] ?? '.')), env: { ...github, ...env } })
  }
  if (!step.uses.startsWith('./')) {
    told(step.uses, 'an action of GitHub')
    return undefined
  }
  const action = parse(readFileSync(join(cwd, step.uses, 'action.yml'), 'utf8'))
  const given = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, step.with?.[name] ?? input.default]),
  )
  for (const name of Object.keys(step.with ?? {})) must(name in action.inputs, `the action has an input ${name}`)
  const ran = action.runs.steps.map((inner) => githubStep(inner, { cwd, summary, told, inputs: given }))
  return ran.find((result) => result !== undefined)
}

function install(folder, files, tarball, versions) {
  const manifest = JSON.parse(files['package.json'])
  Object.assign(manifest.devDependencies, { assay: `file:${tarball}`, vite: locked('vite'), ...versions })
  write(folder, { ...files, 'package.json': JSON.stringify(manifest, null, 2) })
  const args = ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', '--engine-strict=false']
  const { code, output } = run('npm', args, { cwd: folder })
  if (code !== 0) throw new Error(`the project of the recipes could not be installed:\n${output}`)
}

function copyInto(from, to, sources, ignored) {
  for (const source of sources) {
    cpSync(join(from, source), join(to, source), {
      recursive: true,
      filter: (file) => !ignored.some((name) => file === join(from, name)),
    })
  }
}

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** Runs a script in bash as GitHub and GitLab do: it stops at the first command that fails. */
function sh(script, options) {
  return run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], options)
}

function run(command, args, { cwd, env = {} }) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|ASSAY|CI$|GITHUB|npm_|FORCE_COLOR|NODE_ENV)/.test(name),
  )
  const all = { ...Object.fromEntries(kept), ASSAY_NOW: NOW, ...env }
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: all,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 900_000,
  })
  return { code: status ?? -1, output: `${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}` }
}

function must(truth, what) {
  if (!truth) throw new Error(`  expected: ${what}`)
}

function expectCode({ code, output }, wanted, pattern = /^/) {
  if (code !== wanted || !pattern.test(output))
    throw new Error(`  expected exit ${wanted} and ${pattern}, got exit ${code}:\n${output}`)
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-recipes-'))
  const totals = new Totals()
  try {
    ciRecipes(folder, totals)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  totals.close()
}
