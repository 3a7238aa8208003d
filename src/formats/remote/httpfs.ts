import type { Engine } from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import { withoutSecrets } from '../../bytes/address.ts'
import { id, literal, sql } from '../../sql/sql.ts'

/** Loads the extension by which the engine reads objects elsewhere. Throws an AssayError where it is not installed. */
export async function loadExtension(engine: Engine, url: string): Promise<void> {
  try {
    await engine.query(sql`load httpfs`)
  } catch (cause) {
    const words = cause instanceof AssayError && cause.cause instanceof Error ? cause.cause.message : String(cause)
    const place = /Extension "([^"]+)" not found/.exec(words)?.[1]
    throw new AssayError(
      'unsupported-source',
      `reading ${JSON.stringify(withoutSecrets(url))} takes DuckDB's extension httpfs, which ${place ? 'is not installed' : `cannot be loaded: ${words.split('\n', 1)[0]}`}`,
      {
        hint: `install it once, by hand: run INSTALL httpfs in ${engine.version}${place ? `, or put the file at ${place}` : ''}; or download the data`,
        cause,
      },
    )
  }
  if (takesCredentials(url)) await useCredentials(engine)
}

const settings = {
  s3_access_key_id: 'AWS_ACCESS_KEY_ID',
  s3_secret_access_key: 'AWS_SECRET_ACCESS_KEY',
  s3_session_token: 'AWS_SESSION_TOKEN',
  s3_region: 'AWS_REGION',
} as const

/** Whether an address is of a store for which the environment has credentials. */
export const takesCredentials = (url: string): boolean =>
  !/^(https?|hf):/i.test(url) && Object.values(settings).some((variable) => process.env[variable] !== undefined)

const engines = new Map<string, Promise<Engine>>()

/** The engine of all sources that are read with the credentials the environment has now. */
export async function credentialed(): Promise<Engine> {
  const key = JSON.stringify(Object.values(settings).map((variable) => process.env[variable] ?? null))
  const { createDuckDB } = await import('../../engine/duckdb.ts')
  const known = engines.get(key)
  if (known && !(await known).lost) return known
  const started = createDuckDB({ memoryShare: 0.5 })
  engines.set(key, started)
  return started
}

/** The credentials of the environment, as other tools for S3 take them. */
async function useCredentials(engine: Engine): Promise<void> {
  for (const [setting, variable] of Object.entries(settings)) {
    const value = process.env[variable]
    if (value === undefined) continue
    await engine.query(sql`set ${id(setting)} = ${literal(value)}`).catch(() => {
      // The engine's error would show the value.
      throw new AssayError('query-failed', `the engine refused the value of the environment's ${variable}`)
    })
  }
}
