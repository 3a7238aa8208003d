import { numbers } from '../../metrics/numbers.ts'
import { commonBins } from '../../stats/commonBins.ts'
import { kolmogorovSf } from '../../stats/kolmogorov.ts'
import { distanceFrom, nearestShape } from '../../stats/nearestShape.ts'
import { sortedNumbers } from '../../stats/sortedNumbers.ts'
import { shapes } from '../../stats/shapes.ts'
import { exactText, numberText, shareText } from '../../words/text/numbers.ts'
import type { AskedDistribution } from '../parameters/distribution.ts'
import type { DistributionQuestion } from './asking.ts'
import { finiteNumbers } from './finiteNumbers.ts'

type Asked = Extract<AskedDistribution, { kind: 'shape' }>

/** Bins of a chart. */
const BINS = 24
/** What the square root of n times the distance of a sample from its population stays under nine times in ten. */
const NINE_IN_TEN = 1.2239

/** How a member of a family is told. */
const parameterText: Readonly<
  Record<Asked['name'], (place: number, width: number, show: (x: number) => string) => string>
> = {
  normal: (place, width, show) => `mean ${show(place)}, deviation ${show(width)}`,
  uniform: (place, width, show) => `${show(place)} to ${show(place + width)}`,
}

/**
 * A shape of numbers. The effect is Kolmogorov's D from the distribution that is said, or from the nearest one of the
 * family. D of a sample differs from that of its population by no more than the sample's own distribution does, whatever
 * the population is: the exact tail of that (Kolmogorov's) gives both bounds.
 */
export function askedShape({ name: family, fixed }: Asked, name: string): DistributionQuestion {
  const shape = shapes[family]
  const finite = finiteNumbers(name)
  const title = `a ${family} distribution${fixed ? ` (${parameterText[family](fixed.place, fixed.width, exactText)})` : ''}`
  return {
    title,
    discreetTitle: title,
    unit: 'D',
    meaning: `largest difference of the cumulative shares from the ${fixed ? 'one that is said' : `nearest ${family} distribution`}`,
    most: fixed ? 1 : 0.5,
    reading: finite.reading,
    metrics: (context) => ({ ...finite.metrics(context), numbers: numbers(name) }),
    deviation(values, tested) {
      const refused = finite.refused(values, tested)
      if (refused) return refused
      const sorted = sortedNumbers(values.numbers as Float64Array)
      const n = sorted.length
      const near = fixed ? distanceFrom(sorted, shape, fixed.place, fixed.width) : nearestShape(sorted, shape)
      const { distance, error, place, width, at, more } = near
      const share = (x: number) => shape.cdf((x - place) / width)
      const { edges, counts } = commonBins([sorted], BINS)
      const expected = edges
        .slice(1)
        .map((edge, i) => n * ((i === edges.length - 2 ? 1 : share(edge)) - (i === 0 ? 0 : share(edges[i] as number))))
      const most = `${shareText(distance)} ${more ? 'more' : 'fewer'} of the values than expected lie up to one value`
      return {
        effect: distance,
        over: (limit) => (distance > limit ? kolmogorovSf(n, distance - limit) : 1),
        under: (limit) => (distance + error < limit ? kolmogorovSf(n, limit - distance - error) : 1),
        ...(fixed ? { p: kolmogorovSf(n, distance) } : {}),
        rowsToDecide: ({ limit, level }) => ((NINE_IN_TEN + criticalOf(level)) / limit) ** 2,
        message:
          width === 0
            ? `all values are ${numberText(at)}`
            : `${shareText(distance)} ${more ? 'more' : 'fewer'} of the values than expected lie ${more ? 'up to' : 'before'} ${numberText(at)}${fixed ? '' : `; the nearest has ${parameterText[family](place, width, numberText)}`}`,
        discreetMessage: width === 0 ? 'all values are one' : most,
        charts:
          width === 0 || edges.length < 2
            ? []
            : [
                {
                  kind: 'distributions',
                  type: 'histogram',
                  edges,
                  current: counts[0] as number[],
                  reference: expected,
                  unit: 'number',
                },
              ],
      }
    },
  }
}

/** The square root of n times the distance that Kolmogorov's statistic is over with this chance, for many rows. */
const criticalOf = (level: number): number => Math.sqrt(Math.log(2 / level) / 2)
