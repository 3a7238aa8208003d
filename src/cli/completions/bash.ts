import type { CommandWords } from './words.ts'

/** The script for bash 3.2 and newer, which macOS has. */
export function bash(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name).join(' ')
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ value }) => value !== 'none')
      .map(({ flags, value, choices }) => {
        const patterns = flags.map((flag) => `'${name} ${flag}'`).join('|')
        const action =
          choices.length > 0 ? `_assay_words '${choices.join(' ')}'; ` : value === 'path' ? '_assay_files; ' : ''
        return `    ${patterns}) ${action}return ;;`
      }),
  )
  const words = commands.map(({ name, options, choices }) => {
    const flags = options.flatMap((option) => option.flags).join(' ')
    return `    ${name}) if [[ $cur == -* ]]; then _assay_words '${flags}'; else ${choices.length > 0 ? `_assay_words '${choices.join(' ')}'` : '_assay_files'}; fi ;;`
  })
  return `# Completion of assay for bash: eval "$(assay completion bash)"
_assay_lines() { local word; COMPREPLY=(); while IFS= read -r word; do COMPREPLY+=("$word"); done; }
_assay_words() { _assay_lines < <(compgen -W "$1" -- "$cur"); }
_assay_files() { compopt -o filenames 2>/dev/null; _assay_lines < <(compgen -f -- "$cur"); }
_assay() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} != -* ]]; then command=\${COMP_WORDS[i]}; break; fi
  done
  case "$command $prev" in
${values.join('\n')}
  esac
  case $command in
${words.join('\n')}
    help) _assay_words '${names}' ;;
    '') _assay_words '${names} help --help --version' ;;
  esac
}
complete -F _assay assay
`
}
