import path from 'node:path'
import { runInstant } from '../../results/clock.ts'
import { addWaiver, WITHOUT_CEILING } from '../../results/addWaiver.ts'
import { CEILINGS } from '../../results/ceiling.ts'
import { type Waiver, WAIVERS_FILE } from '../../results/waivers.ts'
import { visible } from '../../words/text/visible.ts'
import { command, exit } from '../command.ts'
import { readRun } from '../runFile.ts'

interface Options {
  readonly owner: string
  readonly reason: string
  readonly until: string
  readonly upTo?: string
  readonly file: string
  readonly run: string
  readonly force?: boolean
}

/** `assay waive <id>` */
export default command<[id: string], Options>({
  examples: [
    [
      'assay waive orders.amount.valuesBetween~1a2b3c4d5e6f --owner dana --reason "refunds, gone with release 7" --until 2027-01-31',
      'accepts the failure until that day, up to what it is now',
    ],
    [
      'assay waive orders.amount --owner dana --reason "refunds" --until 2027-01-31 --up-to "5 %"',
      'the one check whose id begins so, up to a share of its rows',
    ],
  ],
  declare(parser) {
    parser
      .argument('<id>', 'id of the result that fails, as the report and report.json show it, or how it begins')
      .requiredOption('--owner <name>', 'who answers for it')
      .requiredOption('--reason <text>', 'why it is accepted')
      .requiredOption('--until <day>', 'the last day it holds, YYYY-MM-DD in UTC')
      .option(
        '--up-to <ceiling>',
        `how far the failure is accepted: ${CEILINGS}, or ${WITHOUT_CEILING} (default: what the run found)`,
      )
      .option('--file <path>', 'the file of waivers', WAIVERS_FILE)
      .option('--run <path>', 'the run document, or its folder, that has the id', 'report')
      .option('--force', 'take an id that no run document has')
  },
  async run([check], { owner, reason, until, upTo, file, run, force }, context) {
    const entry: Waiver = { check, owner, reason, until, ...(upTo === undefined ? {} : { upTo }) }
    const document = force ? undefined : await readRun(run)
    const known = document && { known: document.results }
    const { outcome, waiver } = await addWaiver(path.resolve(file), entry, { ...known, now: runInstant() })
    context.answer({ file, outcome, waiver })
    // Such as a run that was killed: its results are of the run before.
    for (const { kind, text } of document?.problems ?? [])
      if (kind === 'run') context.print(`${context.paint('yellow', '!')} ${visible(text)}`)
    const what = { added: 'accepted', replaced: 'accepted anew', unchanged: 'accepted already' }[outcome]
    const far = waiver.upTo === undefined ? 'without a ceiling' : `up to ${waiver.upTo}`
    context.print(`${visible(waiver.check)} is ${what} until ${until}, ${far}, in ${visible(file)}`)
    return exit.holds
  },
})
