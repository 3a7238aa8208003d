import type { CommandWords } from './words.ts'

/** The script for bash; values that are none of a few, and arguments, are completed as files. */
export function bash(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name).join(' ')
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ value }) => value)
      .map(({ flags, choices }) => {
        const pattern = flags.map((flag) => `'${name} ${flag}'`).join('|')
        return `    ${pattern}) ${choices.length > 0 ? `_assay_words '${choices.join(' ')}'` : '_assay_files'}; return ;;`
      }),
  )
  const words = commands.map(({ name, options, choices }) => {
    const flags = options.flatMap((option) => option.flags).join(' ')
    return `    ${name}) if [[ $cur == -* ]]; then _assay_words '${flags}'; else ${choices.length > 0 ? `_assay_words '${choices.join(' ')}'` : '_assay_files'}; fi ;;`
  })
  return `# Completion of assay for bash: eval "$(assay completion bash)"
_assay_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }
_assay_files() { compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); }
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
