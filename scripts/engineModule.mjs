// The engine's package comes as CommonJS, each file in a function of its own, which is compiled twice. As ES modules its
// files become one scope, which loads in a third of the time.

const helper = /^var __\w+ = \(this && this\.__\w+\)[\s\S]*?^\}\)*(?:\(\))?;\n/gm
const getter =
  /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.(\w+); \} \}\);$/gm

/** A CommonJS file, as TypeScript writes it, as an ES module. Throws for what TypeScript has not written so far. */
export function asModule(code, file) {
  const enums = []
  const from = (local) => new RegExp(`^var ${local} = require\\("([^"]+)"\\);$`, 'm').exec(code)[1]
  const module = code
    .replace('"use strict";\n', '')
    .replace('Object.defineProperty(exports, "__esModule", { value: true });\n', '')
    .replace(helper, '')
    .replace(/^(?:exports\.\w+ = )+void 0;\n/gm, '')
    .replace(getter, (_, name, local, own) => `export { ${own} as ${name} } from '${from(local)}';`)
    .replace(/^var \w+ = require\("[^"]+"\);\n/gm, '')
    .replace(
      /^const (\w+) = __importDefault\(require\("([^"]+)"\)\);$/gm,
      "import $1$$ from '$2';\nconst $1 = { default: $1$$ };",
    )
    .replace(/^const (\w+) = require\("([^"]+)"\);$/gm, "import * as $1 from '$2';")
    .replace(/^__exportStar\(require\("([^"]+)"\), exports\);$/gm, "export * from '$1';")
    .replace(/^require\("([^"]+)"\);$/gm, "import '$1';")
    .replace(/^exports\.(\w+) = \1;$/gm, 'export { $1 };')
    .replace(/\|\| \(exports\.(\w+) = \1 = \{\}\)/g, (_, name) => {
      enums.push(`export { ${name} };\n`)
      return `|| (${name} = {})`
    })
    .replace(/^exports\.(\w+) = /gm, 'export const $1 = ')
    .replace(/\(0, (\w+\.\w+)\)\(/g, '$1(')
    .replace(/(?<![.\w])exports\.(\w+)/g, '$1')
  const left = /\b(?:exports|require|module)\b.*/.exec(module.replace(/^\s*(?:\/\/|\/?\*).*$/gm, ''))
  if (left) throw new Error(`${file} is written as no other: ${left[0]}`)
  return `${module}\n${enums.join('')}`
}
