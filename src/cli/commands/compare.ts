import { sizeOf } from '../../bytes/files.ts'
import { visible } from '../../words/text/visible.ts'
import { compareContracts, type Contract, readContract } from '../../contracts/contract.ts'
import { command, exit } from '../command.ts'
import { declareOwnChecks } from '../ownChecks.ts'

const sides = [
  { key: 'readers', title: 'breaks readers' },
  { key: 'writers', title: 'breaks writers' },
] as const

/** `assay compare <before> <after>` */
export default command<[before: string, after: string], object>({
  examples: [
    ['assay compare old.schema.json new.schema.json', 'exits with 1 when readers or writers break'],
    ['git show main:orders.schema.json > old.json && assay compare old.json orders.schema.json', 'in a pull request'],
  ],
  declare(parser) {
    declareOwnChecks(
      parser.argument('<before>', 'a contract or JSON Schema file').argument('<after>', 'a later version of it'),
    )
  },
  async run([before, after], _, context) {
    const comparison = await compareContracts(await contractIn(before), await contractIn(after))
    context.answer(comparison)
    const { differences, breaks, verdict } = comparison
    const lines = sides.flatMap(({ key, title }) =>
      breaks[key].map((reason) => `${context.paint('red', `✗ ${title}`)}  ${visible(reason)}`),
    )
    const changes = differences.map((one) => `${context.paint('dim', '~ changed')}  ${visible(one)}`)
    context.print([...changes, ...lines, ...(changes.length + lines.length > 0 ? [''] : []), verdict].join('\n'))
    return lines.length > 0 ? exit.fails : exit.holds
  },
})

async function contractIn(file: string): Promise<Contract> {
  await sizeOf(file, 'contract')
  return (await readContract(file)) as Contract
}
