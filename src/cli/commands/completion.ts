import { Argument } from 'commander'
import { command, exit } from '../command.ts'
import { bash } from '../completions/bash.ts'
import { fish } from '../completions/fish.ts'
import { type CommandWords, commandWords } from '../completions/words.ts'
import { zsh } from '../completions/zsh.ts'

const shells: Readonly<Record<string, (commands: readonly CommandWords[]) => string>> = { bash, zsh, fish }

/** `assay completion <shell>` */
export default command<[shell: string], object>({
  examples: [
    ['eval "$(assay completion bash)"', 'for this shell; in ~/.bashrc, for each'],
    ['assay completion zsh > "${fpath[1]}/_assay"', 'where zsh looks for completions'],
    ['assay completion fish > ~/.config/fish/completions/assay.fish', 'where fish looks for them'],
  ],
  declare(parser) {
    parser.addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(shells)))
  },
  async run([shell], _, context) {
    const script = shells[shell]?.(await commandWords()) ?? ''
    context.write(context.json ? `${JSON.stringify({ shell, script })}\n` : script)
    return exit.holds
  },
})
