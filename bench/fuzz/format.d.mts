type Random = () => number

export const ending: string
export const options: object
export function make(random: Random): Buffer
export function mutate(random: Random, bytes: Buffer): Buffer
export function reference(bytes: Buffer): object
export function faultOf(open: () => Promise<unknown>, expected: unknown): Promise<string | undefined>
export function prepare(): Promise<void>
