import { Option } from 'commander'
import { driftMethods } from '../../drift/methods.ts'
import { isProfileFile } from '../../drift/frozen/thaw.ts'
import { noDriftFrom } from '../../drift/noDriftFrom.ts'
import type { DriftOptions } from '../../drift/options.ts'
import { command } from '../command.ts'
import { openData } from '../data.ts'
import { type DataOptions, declareData } from '../dataOptions.ts'
import { declareJudging, judge, type JudgingOptions } from '../judge.ts'
import { list, number, share } from '../list.ts'

type Options = DataOptions &
  JudgingOptions &
  Omit<DriftOptions, 'method' | 'limit'> & { method?: string; limit?: number }

/** `assay drift <current> <reference>` */
export default command<[current: string, reference: string], Options>({
  examples: [
    ['assay drift today.csv train.parquet', 'every shared column'],
    ['assay drift today.csv train.parquet --columns delay,distance --limit 0.05', 'two columns, a tighter limit'],
    ['assay drift today.csv reference.profile.json', 'a reference without its rows: assay profile --freeze'],
    ['zcat today.csv.gz | assay drift - train.parquet --on-inconclusive fail', 'too little evidence fails'],
  ],
  declare(parser) {
    parser
      .argument('<current>', 'the data, or - for stdin')
      .argument('<reference>', 'what it is compared with: data, or a profile that --freeze made of it')
      .option('--columns <names>', 'the columns to compare (default: all that both have)', list)
      .option('--except <names>', 'columns to leave out', list)
      .addOption(new Option('--limit <effect>', 'the largest effect that is no drift (default: 0.1)').argParser(number))
      .addOption(
        new Option('--method <name>', 'how columns are compared (default: by type)').choices(
          driftMethods.map(({ name }) => name),
        ),
      )
      .option(
        '--cluster-by <column>',
        'rows with one value there belong together and may be alike, like those of a session',
      )
      .addOption(
        new Option('--confidence <share>', 'that all intervals hold the true effects (default: 0.95)').argParser(share),
      )
      .addOption(
        new Option('--alpha <share>', 'the largest adjusted p that is evidence (default: 1 - confidence)').argParser(
          share,
        ),
      )
      .addOption(
        new Option('--on-inconclusive <then>', 'what too little evidence is')
          .choices(['warn', 'fail', 'pass'])
          .default('warn'),
      )
      .addOption(new Option('--severity <level>', 'what drift is').choices(['error', 'warn']).default('error'))
    declareJudging(declareData(parser))
  },
  async run([current, reference], options, context) {
    const { name: _, ...shared } = options
    const frozen = isProfileFile(reference)
    const [data] = await openData([current], options, context, frozen ? [] : [reference])
    const [other] = frozen ? [] : await openData([reference], shared, context, [current])
    const { columns, except, limit, method, clusterBy, confidence, alpha, onInconclusive, severity } = options
    const chosen = Object.fromEntries(
      Object.entries({ columns, except, limit, method, clusterBy, confidence, alpha, onInconclusive, severity }).filter(
        ([, value]) => value !== undefined,
      ),
    )
    const check = noDriftFrom(data as NonNullable<typeof data>, other ?? reference, chosen as DriftOptions)
    return judge(
      { checks: [check], datasets: [data, other].filter((dataset) => dataset !== undefined) },
      options,
      context,
    )
  },
})
