import { AssayError } from '../../errors.ts'
import { isProfileFile } from '../../drift/frozen/thaw.ts'
import { noDriftFrom } from '../../drift/noDriftFrom.ts'
import type { DriftOptions } from '../../drift/options.ts'
import { command } from '../command.ts'
import { openData } from '../data.ts'
import { type DataOptions, declareData } from '../dataOptions.ts'
import { declareDrift, givenDrift } from '../driftFlags.ts'
import { declareJudging, judge, type JudgingOptions } from '../judge.ts'

type Options = DataOptions & JudgingOptions & DriftOptions

/** `assay drift <current> <reference>` */
export default command<[current: string, reference: string], Options>({
  examples: [
    ['assay drift today.csv train.parquet', 'every shared column'],
    ['assay drift today.csv train.parquet --columns delay,distance --limit 0.05', 'two columns, a tighter limit'],
    ['assay drift today.csv train.parquet --limit "*=0.1,country=0.2" --segment-by shop', 'by column, and by shop'],
    ['assay drift served.csv trained.csv --join-by id', 'the same rows on both sides: skew'],
    ['assay drift today.csv reference.profile.json', 'a reference without its rows: assay profile --freeze'],
    ['zcat today.csv.gz | assay drift - train.parquet --on-inconclusive fail', 'too little evidence fails'],
  ],
  declare(parser) {
    parser
      .argument('<current>', 'the data, or - for stdin')
      .argument('<reference>', 'what it is compared with: data, or a profile that --freeze made of it')
    declareJudging(declareData(declareDrift(parser)))
  },
  async run([current, reference], options, context) {
    const { name: _, ...shared } = options
    if (options.acrossRuns && options.report === undefined)
      throw new AssayError('wrong-argument', '--across-runs has no history of runs to read', {
        hint: 'name the folder of the report, where it is kept: --report report',
      })
    const frozen = isProfileFile(reference)
    const [data] = await openData([current], options, context, frozen ? [] : [reference])
    const [other] = frozen ? [] : await openData([reference], shared, context, [current])
    const check = noDriftFrom(data as NonNullable<typeof data>, other ?? reference, givenDrift(options))
    return judge(
      { checks: [check], datasets: [data, other].filter((dataset) => dataset !== undefined) },
      options,
      context,
    )
  },
})
