import path from 'node:path'
import { visible } from '../../words/text/visible.ts'
import { command, exit } from '../command.ts'
import { readRun } from '../runFile.ts'

/** `assay report <report.json>` */
export default command<[run: string], { readonly out: string }>({
  examples: [
    ['assay report artifacts/report.json --out report', 'the page and the summary of a run that was made elsewhere'],
  ],
  declare(parser) {
    parser
      .argument('<report.json>', 'the run document of a run, or the folder it is in')
      .option('--out <folder>', 'where the report is written', 'report')
  },
  async run([file], { out }, context) {
    const run = await readRun(file)
    const { writeReport } = await import('../../../reporters/index.ts')
    const page = path.relative(process.cwd(), writeReport(path.resolve(out), run).page)
    context.answer({ report: page })
    context.print(`${context.paint('green', 'wrote')} ${visible(page)}`)
    return exit.holds
  },
})
