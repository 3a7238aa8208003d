import { seeded, shuffle } from '../../stats/random.ts'

/** Cases that are asked together, and where each stands among all. */
export interface Batch<C> {
  readonly cases: readonly C[]
  readonly places: readonly number[] | number
}

/** The place of a case of a batch among all. */
export const placeIn = ({ places }: Pick<Batch<unknown>, 'places'>, i: number): number =>
  typeof places === 'number' ? places + i : (places[i] as number)

/** Cases in their order, so many at a time. */
export async function* inOrder<C>(cases: Iterable<C> | AsyncIterable<C>, size: number): AsyncGenerator<Batch<C>> {
  if (Array.isArray(cases)) {
    const all = cases as readonly C[]
    for (let from = 0; from < all.length; from += size)
      yield { cases: from === 0 && size >= all.length ? all : all.slice(from, from + size), places: from }
    return
  }
  let chunk: C[] = []
  let from = 0
  for await (const entry of cases) {
    chunk.push(entry)
    if (chunk.length < size) continue
    yield { cases: chunk, places: from }
    from += chunk.length
    chunk = []
  }
  if (chunk.length > 0) yield { cases: chunk, places: from }
}

const FIRST = 8
/** A batch is at most this part of what was asked before: so much may be asked in vain when the answer is sure. */
const PART = 8

const sizeAfter = (asked: number): number => Math.max(FIRST, Math.floor(asked / PART))

/**
 * Cases in an order drawn with the seed, few at first: a sample of at most so many of them, each as likely as the others
 * (Vitter 1985), so that no more are held.
 */
export async function* drawn<C>(
  cases: Iterable<C> | AsyncIterable<C>,
  { most, seed }: { readonly most: number; readonly seed: number },
): AsyncGenerator<Batch<C>> {
  const random = seeded(seed)
  const held: { entry: C; place: number }[] = []
  let place = 0
  for await (const entry of cases) {
    if (held.length < most) held.push({ entry, place })
    else {
      const at = Math.floor(random() * (place + 1))
      if (at < most) held[at] = { entry, place }
    }
    place++
  }
  shuffle(held, random)
  for (let from = 0; from < held.length; ) {
    const batch = held.slice(from, from + sizeAfter(from))
    yield { cases: batch.map(({ entry: one }) => one), places: batch.map((held) => held.place) }
    from += batch.length
  }
}

/** Draws of cases that stream in: of more a sure verdict is not to be had. */
const DRAWS = 1_000_000

interface WeightedOrder<C> {
  readonly most: number
  readonly seed: number
  weight(one: C): number
}

/**
 * The same, drawn again and again, each as likely as its weight says: then what passes of the draws is what passes by
 * weight, and the draws are independent.
 */
export function drawnByWeight<C>(
  cases: Iterable<C> | AsyncIterable<C>,
  order: WeightedOrder<C>,
): Iterable<Batch<C>> | AsyncIterable<Batch<C>> {
  return Array.isArray(cases) ? drawnOfList(cases as readonly C[], order) : drawnOfStream(cases, order)
}

/**
 * Draws of cases that are read once: each draw is a case of those read so far, and the next takes its place as likely as
 * its part of their weight is (Chao 1982, each draw by itself). No more than the draws are held.
 */
async function* drawnOfStream<C>(
  cases: Iterable<C> | AsyncIterable<C>,
  { most, seed, weight }: WeightedOrder<C>,
): AsyncGenerator<Batch<C>> {
  const random = seeded(seed)
  const draws = new Array<{ entry: C; place: number }>(Math.min(most, DRAWS))
  let sum = 0
  let place = 0
  for await (const entry of cases) {
    const own = weight(entry)
    sum += own
    const held = { entry, place }
    if (place === 0) draws.fill(held)
    else {
      // From one draw that is taken to the next: as many between them as a coin of this chance leaves.
      const log = Math.log1p(-own / sum)
      const gap = (): number => Math.floor(Math.log(1 - random()) / log)
      for (let i = gap(); i < draws.length; i += 1 + gap()) draws[i] = held
    }
    place++
  }
  if (place === 0) return
  for (let from = 0; from < draws.length; ) {
    const batch = draws.slice(from, from + sizeAfter(from))
    yield { cases: batch.map(({ entry }) => entry), places: batch.map((held) => held.place) }
    from += batch.length
  }
}

function* drawnOfList<C>(cases: readonly C[], { most, seed, weight }: WeightedOrder<C>): Generator<Batch<C>> {
  const random = seeded(seed)
  const ends = new Float64Array(cases.length)
  let sum = 0
  cases.forEach((one, i) => (ends[i] = sum += weight(one)))
  const draw = (): number => {
    const at = random() * sum
    let [low, high] = [0, cases.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] as number) > at) high = middle
      else low = middle + 1
    }
    return low
  }
  for (let from = 0; from < most; ) {
    const places = Array.from({ length: Math.min(sizeAfter(from), most - from) }, draw)
    yield { cases: places.map((place) => cases[place] as C), places }
    from += places.length
  }
}
