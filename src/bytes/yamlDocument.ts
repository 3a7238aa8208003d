import { createRequire } from 'node:module'
import type * as Yaml from 'yaml'
import { withNumbers } from './exactJson.ts'
import { type LostPart, whatNumberLoses } from './jsonFaults.ts'

/** A document in YAML. */
export interface YamlDocument {
  /** The value, whole numbers that a number would round as bigints. Throws where aliases make too much of it. */
  value(): unknown
  /** The line where what stands at the place begins, from 1; undefined where nothing does. */
  lineOf(place: readonly (string | number)[]): number | undefined
  /** The first number that is another one as a number of JavaScript. */
  rounded(): LostPart | undefined
}

/**
 * Reads YAML as JSON would be: no dates, no merge keys, and no tag, key or alias that JSON has no word for. Throws what is
 * wrong with it. At once, because cases are needed while tests are collected; the parser is loaded only here, because
 * most test files have no YAML.
 */
export function yamlDocument(text: string): YamlDocument {
  const { parseDocument, LineCounter, isCollection, isNode, visit } = createRequire(import.meta.url)(
    'yaml',
  ) as typeof Yaml
  const lineCounter = new LineCounter()
  const document = parseDocument(text, {
    schema: 'core',
    uniqueKeys: true,
    intAsBigInt: true,
    prettyErrors: true,
    logLevel: 'error',
    lineCounter,
  })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem) throw problem
  const lineOf = (node: unknown): number | undefined => {
    const start = isNode(node) ? node.range?.[0] : undefined
    return start === undefined ? undefined : lineCounter.linePos(start).line
  }
  visit(document, {
    Pair(_, { key }) {
      if (isCollection(key)) throw new Error(`a key is a text, and that of line ${lineOf(key)} is a list or a map`)
    },
  })
  return {
    value: () => withNumbers(document.toJS({ maxAliasCount: 100 })),
    lineOf: (place) => lineOf(document.getIn(place, true)),
    rounded() {
      let words: string | undefined
      visit(document, {
        Scalar(_, node) {
          const spelled = ['number', 'bigint'].includes(typeof node.value) ? (node.source ?? '') : ''
          const lost = /\d/.test(spelled) ? whatNumberLoses(spelled) : undefined
          if (lost === undefined) return undefined
          words = `${lost}, line ${lineOf(node)}`
          return visit.BREAK
        },
      })
      return words === undefined ? undefined : { kind: 'number', words }
    },
  }
}
