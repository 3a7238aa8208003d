/**
 * As how many cases of one weight so many of several tell as much about a rate (Kish 1965): the square of the sum of their
 * weights through the sum of their squares. 0 without cases.
 */
export const effectiveSize = (sum: number, squares: number): number => (squares === 0 ? 0 : sum ** 2 / squares)
