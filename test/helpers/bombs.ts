const BLOCK = 128 * 1024

/** A Zstandard frame of 4 bytes for each 128 KB of one byte, after some bytes as they are. Its header says no size. */
export function zstdRun(before: string, byte: string, times: number): Buffer {
  const header = (last: boolean, kind: number, size: number): Buffer => {
    const bits = (last ? 1 : 0) | (kind << 1) | (size << 3)
    return Buffer.from([bits & 255, (bits >> 8) & 255, (bits >> 16) & 255])
  }
  const run = Buffer.concat([header(false, 1, BLOCK), Buffer.from(byte)])
  return Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]),
    header(false, 0, Buffer.byteLength(before)),
    Buffer.from(before),
    Buffer.alloc(4 * Math.floor(times / BLOCK), run),
    header(true, 1, times % BLOCK),
    Buffer.from(byte),
  ])
}

/** A workbook of one sheet with this XML of rows, and other parts. */
export async function workbook(
  rows: Uint8Array | string,
  more: Readonly<Record<string, Uint8Array>> = {},
): Promise<Buffer> {
  const { strToU8, zipSync } = await import('fflate')
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packages = 'http://schemas.openxmlformats.org/package/2006'
  const text = (xml: string) => strToU8(`<?xml version="1.0"?>${xml}`)
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`
  const sheet = Buffer.concat([
    text(`<worksheet xmlns="${main}"><sheetData>`),
    typeof rows === 'string' ? Buffer.from(rows) : rows,
    Buffer.from('</sheetData></worksheet>'),
  ])
  const parts = {
    '[Content_Types].xml': text(`<Types xmlns="${packages}/content-types"/>`),
    '_rels/.rels': text(
      `<Relationships xmlns="${packages}/relationships">${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ),
    'xl/workbook.xml': text(
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': text(
      `<Relationships xmlns="${packages}/relationships">${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}</Relationships>`,
    ),
    ...more,
    'xl/worksheets/sheet1.xml': sheet,
  }
  return Buffer.from(zipSync(parts, { level: 1 }))
}

/** The cell that holds a text. */
export const textCellXml = (place: string, text: string): string =>
  `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`

/** An Arrow file of one column `a` of 32-bit integers, of which each buffer is this one in place of Zstandard data. */
export async function arrowOf(rows: number, buffer: Buffer): Promise<Buffer> {
  const arrow = await import('apache-arrow')
  const { compressionRegistry: registry, CompressionType: type, RecordBatchFileWriter, tableFromArrays } = arrow
  const before = registry.get(type.ZSTD)
  registry.set(type.ZSTD, { encode: () => buffer, decode: (data) => data })
  try {
    const writer = new RecordBatchFileWriter({ compressionType: type.ZSTD } as never)
    writer.writeAll(tableFromArrays({ a: new Int32Array(rows) }))
    return Buffer.from(writer.toUint8Array(true))
  } finally {
    registry.set(type.ZSTD, before as never)
  }
}
