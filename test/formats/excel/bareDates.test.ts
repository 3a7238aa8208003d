import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { dataset } from '../../../src/dataset/dataset.ts'
import { folderWith } from '../../helpers/files.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const type = (part: string) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${part}+xml`

/** A workbook of one sheet: a header, and below each name a number in a format of its own. */
async function workbook(formats: readonly string[], value: number, properties = ''): Promise<string> {
  const letters = 'ABCDEFGH'
  const header = formats.map((code, i) => `<c r="${letters[i]}1" t="inlineStr"><is><t>${code}</t></is></c>`).join('')
  const cells = formats.map((_, i) => `<c r="${letters[i]}2" s="${i + 1}"><v>${value}</v></c>`).join('')
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type('sheet.main')}"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type('worksheet')}"/><Override PartName="/xl/styles.xml" ContentType="${type('styles')}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr ${properties}/><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts count="${formats.length}">${formats.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code}"/>`).join('')}</numFmts><cellXfs count="${formats.length + 1}"><xf numFmtId="0"/>${formats.map((_, i) => `<xf numFmtId="${164 + i}" applyNumberFormat="1"/>`).join('')}</cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData><row r="1">${header}</row><row r="2">${cells}</row></sheetData></worksheet>`,
  }
  const file = path.join(await folderWith({}), 'dates.xlsx')
  const bytes = Object.fromEntries(
    Object.entries(parts).map(([name, xml]) => [name, strToU8(`<?xml version="1.0"?>${xml}`)]),
  )
  writeFileSync(file, zipSync(bytes))
  return file
}

const formats = ['YYYY-MM-DD', 'YYYYMMDD', 'MMDDYY', 'MMDDYYAM/PM', '0000', 'General']

test('a format without a mark between the parts of a date is one of dates', async () => {
  const [row] = await dataset(await workbook(formats, 45_351.5)).rows()
  const instant = new Date('2024-02-29T12:00:00Z')
  expect(Object.values(row ?? {})).toEqual([instant, instant, instant, instant, 45_351.5, 45_351.5])
})

test('it is so in a workbook whose days count from 1904', async () => {
  const [row] = await dataset(await workbook(formats.slice(0, 3), 43_889, 'date1904="1"')).rows()
  const day = new Date('2024-02-29T00:00:00Z')
  expect(Object.values(row ?? {})).toEqual([day, day, day])
})
