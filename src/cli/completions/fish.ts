import type { CommandWords, OptionWords } from './words.ts'

/** The script for fish. */
export function fish(commands: readonly CommandWords[]): string {
  const none = 'not __fish_seen_subcommand_from'
  const names = commands.map(({ name }) => name).join(' ')
  const lines = commands.flatMap(({ name, summary, options, choices }) => [
    `complete -c assay -f -n ${quoted(`${none} ${names} help`)} -a ${name} -d ${quoted(summary)}`,
    ...options.map(
      (option) => `complete -c assay -n ${quoted(`__fish_seen_subcommand_from ${name}`)} ${words(option)}`,
    ),
    ...(choices.length > 0
      ? [`complete -c assay -f -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -a ${quoted(choices.join(' '))}`]
      : []),
  ])
  return `# Completion of assay for fish: assay completion fish > ~/.config/fish/completions/assay.fish
${lines.join('\n')}
complete -c assay -f -n ${quoted(`${none} ${names} help`)} -a help -d 'print help for a command'
complete -c assay -f -n '__fish_seen_subcommand_from help' -a ${quoted(names)}
`
}

function words({ flags, description, value, choices }: OptionWords): string {
  const named = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
  const values = choices.length > 0 ? [`-xa ${quoted(choices.join(' '))}`] : value ? ['-r'] : []
  return [...named, ...values, `-d ${quoted(description)}`].join(' ')
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
