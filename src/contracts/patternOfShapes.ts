const classes: Readonly<Record<string, string>> = { A: '[A-Z]', a: '[a-z]', '9': '[0-9]' }
const MOST_SHAPES = 3

/**
 * A regular expression that matches texts of the shapes that `profile` tells (`AA-999`) and no others; undefined for
 * more than three shapes, and for those that are cut, empty or not ASCII.
 */
export function patternOfShapes(shapes: readonly string[]): string | undefined {
  if (shapes.length === 0 || shapes.length > MOST_SHAPES) return undefined
  if (shapes.some((shape) => shape === '' || /[·…]/.test(shape))) return undefined
  const written = shapes.map((shape) =>
    [...shape.matchAll(/(.)\1*/gs)]
      .map(([run, one = '']) => {
        const character = classes[one] ?? one.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')
        return run.length > 1 ? `${character}{${run.length}}` : character
      })
      .join(''),
  )
  return written.length === 1 ? `^${written[0]}$` : `^(?:${written.join('|')})$`
}
