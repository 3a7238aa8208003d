import path from 'node:path'
import { runInstant } from '../../checks/evaluate.ts'
import { addWaiver } from '../../results/addWaiver.ts'
import { checkId, type Waiver, WAIVERS_FILE } from '../../results/waivers.ts'
import { visible } from '../../words/text/visible.ts'
import { command, exit } from '../command.ts'
import { readRun } from '../runFile.ts'

interface Options {
  readonly owner: string
  readonly reason: string
  readonly until: string
  readonly file: string
  readonly run: string
  readonly force?: boolean
}

/** `assay waive <id>` */
export default command<[id: string], Options>({
  examples: [
    [
      'assay waive orders.amount.valuesBetween~1a2b3c4d --owner dana --reason "refunds, gone with release 7" --until 2027-01-31',
      'accepts the failure until that day',
    ],
  ],
  declare(parser) {
    parser
      .argument('<id>', 'id of the result that fails, as the report and report.json show it')
      .requiredOption('--owner <name>', 'who answers for it')
      .requiredOption('--reason <text>', 'why it is accepted')
      .requiredOption('--until <day>', 'the last day it holds, YYYY-MM-DD in UTC')
      .option('--file <path>', 'the file of waivers', WAIVERS_FILE)
      .option('--run <path>', 'the run document, or its folder, that has the id', 'report')
      .option('--force', 'take an id that no run document has')
  },
  async run([id], { owner, reason, until, file, run, force }, context) {
    const waiver: Waiver = { check: checkId(id), owner, reason, until }
    const known = force ? {} : { known: (await readRun(run)).results.map((result) => result.id) }
    const added = await addWaiver(path.resolve(file), waiver, { ...known, now: runInstant() })
    if (context.json) context.write(`${JSON.stringify({ file, outcome: added, waiver }, null, 2)}\n`)
    const what = { added: 'accepted', replaced: 'accepted anew', unchanged: 'accepted already' }[added]
    context.print(`${visible(waiver.check)} is ${what} until ${until}, in ${visible(file)}`)
    return exit.holds
  },
})
