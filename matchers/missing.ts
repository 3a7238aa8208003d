import { refuseComparing } from './compared.ts'
import { matchers } from './index.ts'

type Extend = (methods: Record<string, () => never>) => void

/**
 * Called when the package is imported. In a vitest whose config has the plugin, says so to the matchers; in one that has
 * not, vitest would only know of an invalid property: every matcher says what to add instead.
 */
export function announce(): void {
  const holder = globalThis as unknown as Record<symbol, unknown>
  // A setup file of the project may import the package before the plugin's is there.
  holder[Symbol.for('assay.comparing')] = refuseComparing
  const imported = holder[Symbol.for('assay.imported')]
  if (typeof imported === 'function') return imported() as undefined
  const { extend } = (holder[Symbol.for('expect-global')] ?? {}) as { extend?: Extend }
  extend?.(Object.fromEntries(Object.keys(matchers).map((name) => [name, missing(name)])))
}

function missing(name: string): () => never {
  return function assay() {
    throw new Error(
      `expect(…).${name}(…) is not registered: add assay() to the plugins of this project's vitest config\n` +
        "  import assay from 'assay/vitest'\n" +
        '  export default defineConfig({ plugins: [assay()] })',
    )
  }
}
