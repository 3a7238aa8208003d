import { AssayError } from '../../errors.ts'
import { convertSchema, languageNamed, writtenLanguages } from '../../languages/convert.ts'
import { visible, visibleJson } from '../../words/text/visible.ts'
import { command, exit } from '../command.ts'
import { declareOwnChecks } from '../ownChecks.ts'

interface Options {
  readonly to: string
  readonly part?: string
}

/** An Arrow Schema is an object of its package: there is nothing to print. */
const printed = writtenLanguages.filter((name) => name !== 'arrow')

/** `assay schema <from> --to <language>` */
export default command<[from: string], Options>({
  examples: [
    ['assay schema row.schema.json --to frictionless', 'a Table Schema that says the same, and what it cannot say'],
    ['assay schema datapackage.json#orders --to jsonSchema', 'of one resource of a package'],
    ['assay schema orders.yaml --to table > orders.schema.ts', 'as TypeScript'],
  ],
  declare(parser) {
    declareOwnChecks(parser)
      .argument('<from>', 'a JSON or YAML file of a schema, in any language that is read')
      .requiredOption('--to <language>', `${printed.slice(0, -1).join(', ')} or ${printed.at(-1)}`)
      .option('--part <name>', 'the part that is meant, e.g. the resource of a data package')
  },
  async run([from], { to, part }, context) {
    if (languageNamed(to)?.name === 'arrow')
      throw new AssayError('wrong-argument', 'an Arrow Schema is an object of its package: there is nothing to print', {
        hint: `it writes ${printed.join(', ')}`,
      })
    const { schema, lost } = await convertSchema(from, to, part === undefined ? {} : { part })
    const text = typeof schema === 'string' ? schema : visibleJson(JSON.stringify(schema, null, 2))
    context.answer({ schema, lost })
    context.print(text.trimEnd())
    if (lost.length > 0) context.note([`lost in ${to}:`, ...lost.map((what) => `  ${visible(what)}`)].join('\n'))
    return exit.holds
  },
})
