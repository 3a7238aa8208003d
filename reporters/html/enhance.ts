/**
 * The one script of the report: theme button, and filter, sorting, paging and addresses of the table of checks.
 * The page is complete without it. It writes texts and attributes only, never markup.
 */
export const script: string = String.raw`(() => {
'use strict'
const root = document.documentElement
const get = (id) => document.getElementById(id)
root.classList.add('js')

get('theme').addEventListener('click', () => {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'light' : 'dark'
})

const openTarget = (element) => {
  if (element && element.tagName === 'DETAILS') element.open = true
}
const openHash = () => openTarget(get(location.hash.slice(1)))
addEventListener('hashchange', openHash)
openHash()

const table = get('check-table')
if (!table) return

const body = get('rows')
const input = get('q')
const several = table.dataset.several === '1'
const island = get('rest')
const page = 200
const statusRank = ['fail', 'error', 'vacuous', 'warn', 'inconclusive', 'accepted', 'skipped', 'pass']
const chosen = new Set()
let sort = null
let limit = Math.max(page, body.rows.length)

/** A row is { tr, cells, status, kinds, name, column, share }; tr of a row that was not drawn yet is null. */
const fromDrawn = (tr) => ({
  tr, id: tr.id, status: tr.dataset.s, kinds: tr.dataset.k, name: tr.dataset.ds, column: tr.dataset.col,
  share: Number(tr.cells[7].dataset.share),
  cells: [...tr.cells].map((cell) => cell.textContent),
})
const fromPacked = (packed) => {
  const [id, status, name, own, title, matcher, kinds, expected, measured, rows, failed, share, length, tick, ms] = packed
  const what = (several && own !== name ? name + '.' : '') + own + ' ' + title
  return { tr: null, packed, id, status, kinds, name, column: own, share, cells: [status, what, matcher, expected, measured, rows, failed, '', ms] }
}
const finish = (row) => {
  row.text = (row.name + ' ' + row.cells.slice(1, 7).join(' ') + ' ' + row.kinds + ' ' + row.status).toLowerCase().replace(/[\u202f\u00a0]/g, ' ')
  row.kinds = row.kinds.toLowerCase()
  row.ds = row.name.toLowerCase()
  row.col = row.column.toLowerCase()
  return row
}

let all = null
const load = async () => {
  if (all) return all
  const drawn = [...body.rows].map(fromDrawn).map(finish)
  let rest = []
  if (island) {
    const bytes = Uint8Array.from(atob(island.textContent), (character) => character.charCodeAt(0))
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
    rest = (await new Response(stream).json()).map(fromPacked).map(finish)
  }
  all ??= [...drawn, ...rest]
  all.forEach((row, index) => { row.index = index })
  return all
}

const svgNode = (name, attributes) => {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const key in attributes) node.setAttribute(key, attributes[key])
  return node
}
const node = (name, className, text) => {
  const element = document.createElement(name)
  if (className) element.className = className
  if (text !== undefined) element.textContent = text
  return element
}
const draw = (row) => {
  if (row.tr) return row.tr
  const [id, status, name, own, title, matcher, , expected, measured, rows, failed, share, length, tick, ms] = row.packed
  const tr = node('tr')
  tr.id = id
  const cell = (className, text) => tr.appendChild(node('td', className, text))
  const badge = node('span', 's ' + status)
  const glyph = svgNode('svg', { class: 'g', width: 12, height: 12, 'aria-hidden': 'true' })
  glyph.append(svgNode('use', { href: '#g-' + status }))
  badge.append(glyph, status[0].toUpperCase() + status.slice(1))
  cell().append(badge)
  const what = cell('what')
  if (several && own !== name) what.append(node('code', 'x', name + '.'))
  what.append(node('code', '', own), ' ' + title)
  cell().append(node('code', 'x', matcher))
  cell('text', expected)
  cell('text r', measured)
  cell('r', rows)
  cell('r', failed)
  const bar = cell()
  if (length > 0) {
    const picture = svgNode('svg', { class: 'bar', width: 92, height: 10, viewBox: '0 0 92 10', role: 'img', 'aria-label': (100 * share).toPrecision(3) + ' % of tested rows fail' })
    picture.append(svgNode('rect', { class: 'f-line', y: 3, width: 92, height: 4, rx: 2 }), svgNode('rect', { class: 'f-' + status, y: 3, width: length, height: 4, rx: 2 }))
    if (tick >= 0) picture.append(svgNode('path', { class: 'k-ink', 'stroke-width': 1.2, d: 'M' + tick + ' 0V10' }))
    bar.append(picture)
  }
  cell('r x', ms)
  return (row.tr = tr)
}

const matcherOf = (query) => {
  const terms = (query.toLowerCase().match(/!?(?:[a-z]+:)?(?:"[^"]*"?|\S+)/g) || []).map((token) => {
    const no = token.startsWith('!')
    const [, key, word] = /^(?:(s|col|k|ds):)?(.*)$/s.exec((no ? token.slice(1) : token).replaceAll('"', ''))
    return { no, key, word }
  }).filter(({ word }) => word)
  const hit = (row, { key, word }) =>
    key === 's' ? row.status.startsWith(word)
      : key === 'col' ? row.col.includes(word)
      : key === 'k' ? row.kinds.includes(word)
      : key === 'ds' ? row.ds.includes(word)
      : row.text.includes(word)
  return (row) => (chosen.size === 0 || chosen.has(row.status)) && terms.every((term) => hit(row, term) !== term.no)
}

const numberOf = (text) => {
  const match = /^[<>≤≥=\s]*([-−]?\d[\d,]*(?:\.\d+)?)/.exec(text)
  return match ? Number(match[1].replaceAll(',', '').replace('−', '-')) : NaN
}
const keyOf = (row, column) => {
  if (column === 0) return statusRank.indexOf(row.status)
  if (column === 7) return row.share
  const text = row.cells[column]
  if (column < 3) return text.toLowerCase()
  const number = numberOf(text)
  return column > 4 ? (Number.isNaN(number) ? -1 : number) : Number.isNaN(number) ? text.toLowerCase() : number
}
const sorted = (rows) => {
  if (!sort) return [...rows].sort((a, b) => a.index - b.index)
  const { column, down } = sort
  const keyed = rows.map((row) => [keyOf(row, column), row])
  keyed.sort(([a, one], [b, two]) => {
    const order = typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === 'number' ? -1 : 1
    return (down ? -order : order) || one.index - two.index
  })
  return keyed.map(([, row]) => row)
}

const integer = (number) => number.toLocaleString('en-US')
const show = async ({ address = true, target = null } = {}) => {
  const rows = await load()
  const found = sorted(rows.filter(matcherOf(input.value)))
  const shown = found.slice(0, limit)
  if (target && !shown.includes(target)) shown.push(target)
  body.replaceChildren(...shown.map(draw))
  const left = Math.max(0, found.length - limit)
  tell(Math.min(limit, found.length), found.length, rows.length)
  get('none').hidden = found.length > 0
  get('more-line').hidden = left === 0
  get('more').textContent = 'Show ' + integer(Math.min(page, left)) + ' more of ' + integer(left)
  if (address) {
    const parts = new URLSearchParams()
    if (input.value.trim()) parts.set('q', input.value.trim())
    if (chosen.size) parts.set('s', [...chosen].join(','))
    if (sort) parts.set('by', (sort.down ? '-' : '') + sort.column)
    history.replaceState(null, '', parts.size ? '#?' + parts : location.pathname + location.search)
  }
}
const tell = (shown, found, total) => {
  get('count').textContent = found === total
    ? shown === total ? integer(total) + ' shown' : integer(shown) + ' of ' + integer(total) + ' shown'
    : integer(found) + ' of ' + integer(total) + ' match' + (shown < found ? ', ' + integer(shown) + ' shown' : '')
}

let timer = 0
const changed = () => { limit = page; return show() }
input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(changed, 80) })
const buttons = [...document.querySelectorAll('[data-status]')]
const press = () => { for (const button of buttons) button.setAttribute('aria-pressed', String(chosen.has(button.dataset.status))) }
for (const button of buttons) button.addEventListener('click', () => {
  const { status } = button.dataset
  if (!chosen.delete(status)) chosen.add(status)
  press()
  changed()
})
get('more').addEventListener('click', () => { limit += page; show() })
get('clear').addEventListener('click', () => { input.value = ''; chosen.clear(); press(); changed(); input.focus() })

const headings = [...table.tHead.rows[0].cells]
const markSort = () => headings.forEach((heading, column) => {
  if (sort && sort.column === column) heading.setAttribute('aria-sort', sort.down ? 'descending' : 'ascending')
  else heading.removeAttribute('aria-sort')
})
headings.forEach((heading, column) => {
  const button = node('button', '', heading.textContent)
  button.type = 'button'
  heading.replaceChildren(button)
  button.addEventListener('click', () => {
    // Numbers are asked for from the largest; a third click restores the order of the run, worst first.
    const first = column >= 4
    sort = !sort || sort.column !== column ? { column, down: first } : sort.down === first ? { column, down: !first } : null
    markSort()
    show()
  })
})

const follow = async () => {
  if (location.hash.startsWith('#?')) {
    const parts = new URLSearchParams(location.hash.slice(2))
    input.value = parts.get('q') || ''
    chosen.clear()
    for (const status of (parts.get('s') || '').split(',')) if (statusRank.includes(status)) chosen.add(status)
    const by = /^(-?)([0-8])$/.exec(parts.get('by') || '')
    sort = by ? { column: Number(by[2]), down: by[1] === '-' } : null
    limit = page
    press()
    markSort()
    await show({ address: false })
    get('checks').scrollIntoView()
    return
  }
  const id = decodeURIComponent(location.hash.slice(1))
  if (!id) return
  openTarget(get(id))
  if (!id.startsWith('c-') || get(id)) return
  const target = (await load()).find((row) => row.id === id)
  if (!target) return
  input.value = ''
  chosen.clear()
  press()
  await show({ address: false, target })
  for (const old of body.querySelectorAll('.target')) old.classList.remove('target')
  target.tr.classList.add('target')
  target.tr.scrollIntoView({ block: 'center' })
}
addEventListener('hashchange', follow)
document.addEventListener('click', (event) => {
  const link = event.target.closest && event.target.closest('a[href^="#"]')
  if (link) openTarget(get(link.getAttribute('href').slice(1)))
})
const total = body.rows.length + (island ? Number(island.dataset.count) : 0)
tell(body.rows.length, total, total)
get('more').textContent = 'Show ' + integer(Math.min(page, total - body.rows.length)) + ' more of ' + integer(total - body.rows.length)
follow()
})()`
