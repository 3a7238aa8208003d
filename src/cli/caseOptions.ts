import path from 'node:path'
import type { Command as Parser } from 'commander'
import { type MftCase, mft } from '../behavior/mft.ts'
import { heedTags } from '../contracts/contractTags.ts'
import { tagPersonal } from '../dataset/personal.ts'
import { declareData } from './dataOptions.ts'
import { fileHere } from './files.ts'
import { list } from './list.ts'

/** Options of every command that reads cases. */
export interface CaseOptions {
  readonly ignore?: readonly string[]
  readonly pii?: readonly string[]
}

/** Declares the file of cases and how it is read. */
export function declareCases(parser: Parser): Parser {
  parser
    .argument('<cases>', 'a file with the columns input and expected: CSV, TSV, JSON, JSON lines or YAML')
    .option('--ignore <columns>', 'columns of the files that belong to no case', list)
  return declareData(parser, ['pii'])
}

/** The cases in a file. What its contract says of personal columns is heeded before anything is told of them. */
export async function readCases(file: string, { ignore = [], pii }: CaseOptions): Promise<MftCase[]> {
  await heedTags(
    {
      name: path.parse(file).name,
      files: async () => [file],
      tag: (columns) => tagPersonal([path.resolve(file)], columns),
    },
    fileHere(),
  )
  return mft(file, { ignore, ...(pii === undefined ? {} : { pii }) })
}
