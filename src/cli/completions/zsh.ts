import type { CommandWords, OptionWords } from './words.ts'

/** The script for zsh. */
export function zsh(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name, summary }) => `    ${quoted(`${escaped(name)}:${summary}`)}`)
  const cases = commands.map(({ name, options, choices }) => {
    const specs = options.map((option) => `        ${optionSpec(option)}`)
    const rest = choices.length > 0 ? `'*:value:(${choices.join(' ')})'` : `'*:file:_files'`
    return `      ${name})\n        _arguments -s \\\n${[...specs, `        ${rest}`].join(' \\\n')} ;;`
  })
  return `#compdef assay
# Completion of assay for zsh: assay completion zsh > "\${fpath[1]}/_assay"
_assay() {
  local -a commands
  local state line
  commands=(
${names.join('\n')}
    'help:print help for a command'
  )
  _arguments -C '1:command:->command' '*::argument:->argument'
  case $state in
  command) _describe command commands ;;
  argument)
    case $line[1] in
${cases.join('\n')}
      help) _describe command commands ;;
    esac ;;
  esac
}
if [[ $funcstack[1] == _assay ]]; then _assay "$@"; else compdef _assay assay; fi
`
}

function optionSpec({ flags, description, value, choices }: OptionWords): string {
  const action = value ? `:value:${choices.length > 0 ? `(${choices.join(' ')})` : '_files'}` : ''
  const text = quoted(`[${escaped(description).replaceAll('[', '\\[').replaceAll(']', '\\]')}]${action}`)
  return flags.length > 1 ? `${quoted(`(${flags.join(' ')})`)}{${flags.join(',')}}${text}` : `${flags[0]}${text}`
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll(':', '\\:')
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
