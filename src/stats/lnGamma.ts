const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** (ζ(k) - 1) / k for k from 2 on: Abramowitz and Stegun 6.1.33, which converges fast around 1. */
const ZETA_LESS_ONE = [
  0.322467033424113218, 0.067352301053198095, 0.0205808084277845478, 0.00738555102867398526, 0.00289051033074152328,
  0.00119275391170326097, 5.09669524743042422e-4, 2.23154758453579379e-4, 9.94575127818085337e-5,
  4.49262367381331417e-5, 2.05072127756706916e-5, 9.43948827526839728e-6, 4.37486678990749101e-6,
  2.03921575380136636e-6, 9.55141213040741983e-7, 4.49246919876456618e-7, 2.12071848055547185e-7,
  1.00432248239680996e-7, 4.76981016936398052e-8, 2.27110946089431694e-8, 1.08386592148969549e-8,
  5.18347504197005029e-9, 2.48367454380247756e-9, 1.19214014058609107e-9, 5.7313672416788639e-10,
]
const EULER = 0.57721566490153286061

/** ln Γ(1 + z) for |z| <= 1/4, to the last digit around its zero. */
function nearOne(z: number): number {
  let sum = 0
  for (let i = ZETA_LESS_ONE.length - 1; i >= 0; i--) sum = (ZETA_LESS_ONE[i] as number) - z * sum
  return -Math.log1p(z) + z * (1 - EULER) + z * z * sum
}

/** Natural logarithm of the gamma function for x > 0 (Lanczos, g = 7; Stirling's series from 30 on; a series around its zeros 1 and 2). */
export function lnGamma(x: number): number {
  if (Math.abs(x - 1) < 0.25) return nearOne(x - 1)
  if (Math.abs(x - 2) < 0.25) return Math.log1p(x - 2) + nearOne(x - 2)
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lnGamma(1 - x)
  if (x > 30) {
    const s = 1 / (x * x)
    const series = (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / x
    return (x - 0.5) * Math.log(x) - x + 0.91893853320467274178 + series
  }
  const y = x - 1
  let sum = LANCZOS[0] as number
  for (let i = 1; i < 9; i++) sum += (LANCZOS[i] as number) / (y + i)
  const t = y + 7.5
  return 0.91893853320467274178 + (y + 0.5) * Math.log(t) - t + Math.log(sum)
}
