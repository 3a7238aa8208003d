import { beforeAll, expect, test } from 'vitest'
import { assay } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

let cwd: string
beforeAll(async () => {
  cwd = await folderWith({
    'row.yaml':
      'type: object\nproperties:\n  id: { type: integer, minimum: 1 }\n  name: { type: string, format: email, multipleOf: 2 }\nrequired: [id, name]\n',
    'package.json': '{ "name": "x", "version": "1.0.0", "type": "module", "dependencies": {} }',
  })
})

test('a schema is written in another language on stdout, and what is lost on stderr', async () => {
  const { code, stdout, stderr } = await assay(['schema', 'row.yaml', '--to', 'frictionless'], { cwd })
  expect(code).toBe(0)
  expect((JSON.parse(stdout) as { fields: unknown }).fields).toEqual([
    { name: 'id', type: 'integer', constraints: { minimum: 1, required: true } },
    { name: 'name', type: 'string', format: 'email', constraints: { required: true } },
  ])
  expect(stderr).toBe('lost in frictionless:\n  column "name": multipleOf 2\n')
  const json = await assay(['schema', 'row.yaml', '--to', 'json-schema', '--json'], { cwd })
  expect(JSON.parse(json.stdout)).toMatchObject({ schema: { required: ['id', 'name'] }, lost: [] })
  const code2 = await assay(['schema', 'row.yaml', '--to', 'table'], { cwd })
  expect(code2.stdout).toContain('id: integer().between({ min: 1 }),')
})

test('a file that is no schema, and a language that is not written, exit with 2', async () => {
  const none = await assay(['schema', 'package.json', '--to', 'table'], { cwd })
  expect(none).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/"package.json" holds an object with "name".*no schema that is read/),
  })
  const other = await assay(['schema', 'row.yaml', '--to', 'frictionles'], { cwd })
  expect(other).toMatchObject({ code: 2, stderr: expect.stringMatching(/did you mean "frictionless"/) })
})
