import path from 'node:path'
import type { TestModule } from 'vitest/node'

/** The folder that paths of a test file start at: where it ran in another folder, as its blob says, the root there. */
export function moduleRoot({ moduleId, relativeModuleId, project }: TestModule): string {
  const { root } = project.vitest.config
  const file = path.join(path.relative(root, project.config.root), relativeModuleId)
  return moduleId.endsWith(`${path.sep}${file}`) ? moduleId.slice(0, -file.length - 1) : root
}

/** The path of a test file from there. */
export const moduleFile = (module: TestModule): string => path.relative(moduleRoot(module), module.moduleId)
