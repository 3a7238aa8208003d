import { readdirSync, readFileSync } from 'node:fs'
import { outcomes, project } from './project.ts'

// Matchers, one test for each way to fail; its name is the heading of its message in messages.md.
const folder = new URL('../fixtures/messages/', import.meta.url)
/** The test files, by name. */
export const messageSuite = Object.fromEntries(
  readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
)

const orders = `id,channel,amount
1,web,19.90
2,web,250.00
2,shop,-3.50
3,WEB,41.00
4,shop,
5,app,12.25
`

/** The messages of all those tests by title, in its order, without stacks and the folder of the run. */
export async function failureMessages(
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<[title: string, message: string][]> {
  const made = await project({ ...messageSuite, 'orders.csv': orders }, '{ report: false }')
  try {
    const run = await made.run(['--no-isolate', ...args], env)
    const text = (message: string): string =>
      message
        .replace(/\n\s+at .*/g, '')
        .replaceAll(run.folder, '<root>')
        .trim()
    return Object.entries(outcomes(run))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([title, { message }]) => [title, text(message)])
  } finally {
    await made.remove()
  }
}

/** The messages as messages.md has them. */
export const messagesPage = (messages: readonly [title: string, message: string][]): string =>
  `# Failure messages\n\n${messages.map(([title, text]) => `## ${title}\n\n\`\`\`text\n${text}\n\`\`\``).join('\n\n')}\n`
