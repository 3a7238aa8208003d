const light = `
  color-scheme: light;
  --bg: #fbfbfa; --panel: #fff; --ink: #1d2125; --ink2: #4b535b; --ink3: #656e77;
  --line: #e5e6e4; --line2: #f0f1ef; --hover: #f5f6f4; --focus: #1f5fbf;
  --pass: #2a7f86; --fail: #b3401a; --warn: #876000; --error: #7a3f98; --vacuous: #7a3f98;
  --inconclusive: #3f6285; --accepted: #7d4b32; --skipped: #656e77;
  --mark: #fbeae2; --target: #f8f0d8; --strip-pass: #7fb9bd; --strip-warn: #c99a1c;
  --ref: #c4c9cd; --cur: #1f5fbf; --cur-fill: #1f5fbf26;
  --over1: #f6d9c9; --over2: #eba985; --over3: #b9532a; --over4: #9c3412;
  --on1: #1d2125; --on2: #1d1108; --on3: #fff; --on4: #fff;
`

const dark = `
  color-scheme: dark;
  --bg: #14171a; --panel: #1a1e22; --ink: #e4e7e9; --ink2: #b3bac0; --ink3: #939ca3;
  --line: #2b3136; --line2: #22272b; --hover: #20252a; --focus: #7fb0ff;
  --pass: #66b7bd; --fail: #f09066; --warn: #d9b04a; --error: #c592e0; --vacuous: #c592e0;
  --inconclusive: #8fb3d6; --accepted: #d3a288; --skipped: #939ca3;
  --mark: #3b2319; --target: #332a12; --strip-pass: #2f6f74; --strip-warn: #d9b04a;
  --ref: #4c555c; --cur: #7fb0ff; --cur-fill: #7fb0ff2b;
  --over1: #4a2c20; --over2: #7c4025; --over3: #a34a25; --over4: #ee8e63;
  --on1: #ffeee5; --on2: #ffeee5; --on3: #fff; --on4: #1a0f0a;
`

/** The one style sheet of the report. Geometry of charts stands in SVG attributes, colour here. */
export const style: string = `
:root {${light}}
@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) {${dark}} }
:root[data-theme=dark] {${dark}}
* { box-sizing: border-box; }
html { scroll-padding-top: 56px; }
body {
  margin: 0; background: var(--bg); color: var(--ink);
  font: 13px/1.45 Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%; overflow-wrap: anywhere;
}
/* Cells have words to break between, or a table that scrolls. */
table { overflow-wrap: normal; }
code { unicode-bidi: isolate; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 12px; }
.wrap { max-width: 1240px; margin: 0 auto; padding-inline: 24px; }
a { color: inherit; text-decoration-color: var(--ink3); text-underline-offset: 2px; }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
.skip-link { position: absolute; left: -999px; }
.skip-link:focus { left: 8px; top: 8px; background: var(--panel); padding: 6px 10px; z-index: 9; }
.sheet, .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.needs-js, .print-only { display: none; }
.js .needs-js:not([hidden]) { display: revert; }
.js .tools.needs-js { display: flex; }
.js .no-js { display: none; }
[hidden] { display: none; }
p { margin: 0; }
.x { color: var(--ink3); }
h2 { font-size: 15px; font-weight: 600; margin: 0 0 2px; }
h2 + .panel { margin-top: 10px; }
h3 { font-size: 13px; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
h3.dataset { margin: 16px 0 8px; }
h3.dataset .x { font-weight: 400; margin-left: 6px; }
section { padding: 28px 0 6px; }
#attention { padding-top: 16px; }
#attention h2 { margin-bottom: 7px; }
.sub { color: var(--ink3); margin: 0 0 12px; text-wrap: pretty; }
.sub.more { margin-top: 12px; }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
.empty { color: var(--ink3); padding: 16px 14px; }
button {
  font: inherit; color: var(--ink2); background: none; border: 1px solid var(--line);
  border-radius: 6px; padding: 3px 9px; cursor: pointer;
}
button:hover { background: var(--hover); color: var(--ink); }
button[aria-pressed=true] { background: var(--ink); color: var(--bg); border-color: var(--ink); }

/* Statuses: a shape, a word, and last a colour. */
.g { flex: none; width: 11px; height: 11px; }
.s { display: inline-flex; align-items: center; gap: 5px; font-weight: 600; white-space: nowrap; font-size: 12px; line-height: 19px; }
.s.pass, .s.skipped { font-weight: 500; }
.pass { --own: var(--pass); } .fail { --own: var(--fail); } .warn { --own: var(--warn); }
.error { --own: var(--error); } .vacuous { --own: var(--vacuous); } .inconclusive { --own: var(--inconclusive); }
.accepted { --own: var(--accepted); } .skipped { --own: var(--skipped); }
.s, .verdicts b, .effect b { color: var(--own, inherit); }
.c-fail { color: var(--fail); } .c-error, .c-vacuous { color: var(--error); } .c-warn { color: var(--strip-warn); }
.c-inconclusive { color: var(--inconclusive); } .c-accepted { color: var(--accepted); } .c-skipped { color: var(--skipped); }
.f-pass { fill: var(--pass); } .f-fail { fill: var(--fail); } .f-warn { fill: var(--warn); }
.f-error, .f-vacuous { fill: var(--error); } .f-inconclusive { fill: var(--inconclusive); }
.f-accepted { fill: var(--accepted); } .f-skipped { fill: var(--skipped); }
.bar .f-pass { fill: var(--ink3); }
.strip .f-pass { fill: var(--strip-pass); } .strip .f-warn { fill: var(--strip-warn); }
.f-ref { fill: var(--ref); } .f-cur { fill: var(--cur-fill); } .f-line { fill: var(--line); }
.k-cur { stroke: var(--cur); } .k-ref { stroke: var(--ink3); } .k-line { stroke: var(--line); } .k-ink { stroke: var(--ink2); }
.k-pass { stroke: var(--pass); } .k-fail { stroke: var(--fail); } .k-warn { stroke: var(--warn); }
.k-error, .k-vacuous { stroke: var(--error); } .k-inconclusive { stroke: var(--inconclusive); }
.k-accepted { stroke: var(--accepted); } .k-skipped { stroke: var(--skipped); }
svg text { fill: var(--ink3); font: 10.5px Inter, system-ui, sans-serif; }

/* Top of the page */
.top { padding-block: 18px 8px; }
.crumb { color: var(--ink3); font-size: 12px; display: flex; gap: 4px 14px; flex-wrap: wrap; }
h1 { font-size: 22px; line-height: 1.25; font-weight: 600; letter-spacing: -.01em; margin: 8px 0 10px; overflow-wrap: anywhere; }
h1 .s { line-height: inherit; margin-right: 9px; }
h1 .g { width: 17px; height: 17px; }
.lede { color: var(--ink2); font-size: 14px; max-width: 78ch; margin-bottom: 12px; }
.verdicts { list-style: none; margin: 0; padding: 0; display: grid; gap: 5px; font-size: 13px; }
.verdicts li { display: grid; grid-template-columns: minmax(120px, max-content) 14px minmax(0, 1fr); gap: 0 10px; align-items: baseline; }
.verdicts { grid-template-columns: max-content 14px minmax(0, 1fr); gap: 4px 10px; }
.verdicts li { grid-column: 1 / -1; grid-template-columns: subgrid; }
.verdicts .name { font-size: 13px; font-weight: 600; overflow-wrap: anywhere; max-width: 34ch; }
.verdicts .s .g { vertical-align: -1px; }
.verdicts b { font-weight: 600; }
.verdicts b.pass, .verdicts b.skipped { font-weight: 500; }
.more-verdicts { margin-top: 8px; }
.sums { margin-top: 12px; }
.strip { display: block; width: 100%; height: 6px; }
.counts { display: flex; flex-wrap: wrap; gap: 2px 16px; margin-top: 6px; color: var(--ink2); font-size: 12px; align-items: baseline; }
.counts .s { line-height: 18px; }
@media (min-width: 861px) { .counts > span:not(.s)::before { content: "·"; color: var(--ink3); margin-right: 16px; } }

nav.bar { position: sticky; top: 0; background: var(--bg); border-bottom: 1px solid var(--line); z-index: 5; }
nav.bar .wrap { display: flex; align-items: center; gap: 12px; }
nav.bar ul { display: flex; gap: 2px; list-style: none; margin: 0 0 0 -11px; padding: 0; overflow-x: auto; flex: 1; }
nav.bar a { display: block; padding: 10px 11px; text-decoration: none; color: var(--ink2); white-space: nowrap; font-weight: 500; }
nav.bar a:hover { color: var(--ink); }
nav.bar a:focus-visible { outline-offset: -3px; }
nav.bar b { font-weight: 500; color: var(--ink3); margin-left: 3px; }
nav.bar b.bad { color: var(--fail); }

/* Findings: one line each, columns shared by all of them */
.findings { overflow: hidden; }
.findings .heads, .finding > summary, .problem {
  display: grid; gap: 0 12px; align-items: center;
  grid-template-columns: 102px minmax(90px, 174px) minmax(0, 1fr) 142px 70px minmax(90px, 166px) 100px;
}
.no-since .heads, .no-since .finding > summary { grid-template-columns: 102px minmax(90px, 216px) minmax(0, 1fr) 142px 70px minmax(90px, 200px); }
.findings .heads { padding: 5px 14px 4px 31px; color: var(--ink3); font-size: 12px; border-bottom: 1px solid var(--line); }
.finding { border-left: 3px solid var(--own); border-bottom: 1px solid var(--line2); }
.finding:last-child { border-bottom: 0; }
.finding > summary { list-style: none; width: auto; padding: 4px 14px 4px 28px; font-size: 13px; line-height: 20px; color: var(--ink); position: relative; }
.finding > summary::-webkit-details-marker { display: none; }
.finding > summary::before { content: ""; position: absolute; left: 12px; top: 10px; border: 4px solid transparent; border-left: 5px solid var(--ink3); }
.finding[open] > summary::before { left: 10px; top: 12px; border: 4px solid transparent; border-top: 5px solid var(--ink3); }
.finding > summary:hover { background: var(--hover); }
.finding > summary:focus-visible { outline-offset: -2px; }
.finding[open] > summary { font-weight: 600; background: var(--hover); }
.finding > summary > span, .problem > .owner { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.finding[open] > summary > .what > span, .finding[open] > summary > .what, .finding[open] > summary > .whom, .finding[open] > summary > .owner { white-space: normal; overflow-wrap: anywhere; }
.finding .what { display: flex; gap: 10px; align-items: baseline; }
.finding .what > span { overflow: hidden; text-overflow: ellipsis; flex: 1 1 auto; }
.finding .what > span:first-child:not(:only-child) { flex: 0 0 56%; }
.finding.question > summary > .what > span:first-child:not(:only-child) { flex: 0 1 auto; }
.question > summary > .what > .x { flex: 0 9 auto; }
.finding .what .x { font-size: 12px; }
.finding[open]:not(.question) > summary > .what .x { display: none; }
.finding[open]:not(.question) > summary > .what > span:first-child { flex: 1 1 auto; }
.question[open] > summary > .what { flex-wrap: wrap; row-gap: 0; }
.question[open] > summary > .what .x { flex: 0 0 auto; max-width: 100%; }
.finding .again code { color: var(--ink3); }
.finding .r, .heads .r { text-align: right; }
.finding .since, .finding .owner { font-size: 12px; font-weight: 400; }
.finding:target > summary { background: var(--target); }
.question > .members { padding-left: 17px; border-top: 1px solid var(--line2); }
.question > .members .finding { border-left-width: 2px; }
.question > .members > .x { padding: 5px 14px 5px 28px; font-size: 12px; }
.finding-body { padding: 6px 14px 14px 28px; display: grid; grid-template-columns: minmax(0, 1fr) 290px; gap: 4px 24px; border-top: 1px solid var(--line2); }
.finding-body .main { min-width: 0; }
.finding-body .small { width: auto; min-width: min(100%, 420px); }
.finding-body details { margin-top: 6px; }
.values { margin-top: 6px; display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: baseline; }
.values .value { white-space: nowrap; }
.values mark { white-space: normal; overflow-wrap: anywhere; }
.others { margin: 3px 0 0; padding-left: 18px; color: var(--ink2); overflow-wrap: anywhere; }
.problems { list-style: none; margin: 0 0 10px; padding: 0; }
.problem { grid-template-columns: 150px minmax(0, 1fr) minmax(0, 200px); align-items: baseline; padding: 5px 14px; border-left: 3px solid var(--own); border-bottom: 1px solid var(--line2); }
.problem:last-child { border-bottom: 0; }
.problem .said { overflow-wrap: anywhere; }
.problem b { font-weight: 600; }
.problem > .owner { white-space: normal; overflow-wrap: anywhere; }
.problems > .x { padding: 5px 14px; }
.head { display: flex; gap: 4px 10px; align-items: baseline; flex-wrap: wrap; }
.head .g { align-self: center; }
.tag { border: 1px solid var(--line); border-radius: 99px; padding: 0 8px; font-size: 12px; color: var(--ink2); }
.say { margin-top: 3px; color: var(--ink2); overflow-wrap: anywhere; white-space: pre-line; }
.say b { color: var(--ink); font-weight: 600; }
.side { color: var(--ink3); font-size: 12px; min-width: 0; }
.side .chart { width: 100%; height: auto; display: block; margin-bottom: 6px; }
.side dl { margin: 0; display: grid; gap: 2px; }
.side dl div { display: grid; grid-template-columns: 58px minmax(0, 1fr); gap: 8px; }
dd { margin: 0; color: var(--ink); overflow-wrap: anywhere; }
dt { color: var(--ink3); }
summary { cursor: pointer; color: var(--ink2); font-size: 12px; width: max-content; max-width: 100%; }
summary:hover { color: var(--ink); }
pre { margin: 5px 0 0; padding: 8px 10px; background: var(--hover); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 320px; overflow: auto; }
mark { background: var(--mark); color: var(--fail); border-radius: 3px; padding: 0 4px; display: inline-block; }
mark code { color: inherit; }

/* Tables */
/* position: texts that are hidden inside scroll with the table instead of widening the page. */
.tw { overflow-x: auto; position: relative; }
table { border-collapse: collapse; width: 100%; }
th { font-weight: 500; color: var(--ink3); text-align: left; font-size: 12px; padding: 7px 10px; border-bottom: 1px solid var(--line); white-space: nowrap; }
td { padding: 6px 10px; border-bottom: 1px solid var(--line2); vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; }
tbody tr:hover > * { background: var(--hover); }
tr:target > *, tr.target > * { background: var(--target); }
td.r, th.r { text-align: right; white-space: nowrap; }
.small td, .small th { padding: 3px 8px; font-size: 12px; }
.small td { max-width: 60ch; overflow-wrap: break-word; }
.small td.input { min-width: 26ch; }
.small.pad td, .small.pad th { padding: 6px 14px; }
.cell { display: -webkit-inline-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; max-width: 44ch; overflow: hidden; vertical-align: bottom; overflow-wrap: break-word; }
#check-table td.what { min-width: 200px; max-width: 360px; overflow-wrap: anywhere; color: var(--ink2); }
#check-table td.what code:not(.x) { color: var(--ink); }
#check-table td.text { min-width: 128px; max-width: 210px; overflow-wrap: anywhere; }
#check-table td.text.r { white-space: normal; }
.bar { display: block; margin-top: 5px; }
.tools { gap: 6px; align-items: center; flex-wrap: wrap; padding: 8px 10px; border-bottom: 1px solid var(--line); }
.tools button { display: inline-flex; gap: 5px; align-items: center; }
.tools input { font: inherit; color: var(--ink); background: var(--bg); border: 1px solid var(--line); border-radius: 6px; padding: 4px 9px; width: 290px; max-width: 100%; }
.tools input::placeholder { color: var(--ink3); opacity: 1; }
.tools .count { margin-left: auto; color: var(--ink3); }
th button { border: 0; padding: 0; color: inherit; font-size: 12px; border-radius: 3px; }
th[aria-sort=ascending] button::after { content: " ↑"; }
th[aria-sort=descending] button::after { content: " ↓"; }

/* Columns and skills */
.matrix td, .matrix th { text-align: center; padding: 5px 8px; }
.coverage { table-layout: fixed; min-width: 1170px; }
.coverage th:nth-child(2) { width: 92px; } .coverage th:nth-child(3) { width: 134px; }
.coverage th:nth-child(4) { width: 74px; } .coverage th:nth-child(5) { width: 90px; } .coverage th:nth-child(n + 6) { width: 62px; padding-inline: 2px; }
.skills th[scope=row] { min-width: 108px; }
.matrix th[scope=row] { text-align: left; color: var(--ink); font-weight: 500; border-bottom-color: var(--line2); padding-left: 14px; max-width: 260px; overflow-wrap: anywhere; white-space: normal; }
.matrix thead th:first-child { padding-left: 14px; }
.matrix td { border-left: 1px solid var(--line2); vertical-align: middle; }
.matrix td.l, .matrix th.l { text-align: left; }
.matrix td.r, .matrix th.r { text-align: right; }
.matrix.coverage th[scope=row] { overflow-wrap: anywhere; }
.matrix a.s { display: inline-flex; text-decoration: none; min-width: 24px; min-height: 24px; justify-content: center; }
.shape { display: block; }
.skills td { padding: 0; min-width: 148px; }
.skills td > * { display: block; padding: 8px 12px; text-decoration: none; }
.skills a:hover .rate b { text-decoration: underline; }
.rate, .rate small { display: block; }
.rate .line { display: inline-flex; gap: 6px; align-items: center; }
.rate small { color: inherit; font-size: 11px; white-space: nowrap; }
.rate b { font-weight: 600; }
.over-0 .rate b { font-weight: 500; }
.over-0 small { color: var(--ink3); }
.over-1 { background: var(--over1); color: var(--on1); }
.over-2 { background: var(--over2); color: var(--on2); }
.over-3 { background: var(--over3); color: var(--on3); }
.over-4 { background: var(--over4); color: var(--on4); }
.skills tbody tr:hover .over-1 { background: var(--over1); } .skills tbody tr:hover .over-2 { background: var(--over2); }
.skills tbody tr:hover .over-3 { background: var(--over3); } .skills tbody tr:hover .over-4 { background: var(--over4); }
td:not(.over-0) > * .s, td:not(.over-0) > .rate .s { color: inherit; }
.matrix:not(.skills) td .s { color: var(--own); }
.model-grid { display: grid; gap: 12px; align-items: start; }
.model-grid.two { grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); }
.examples { margin-top: 12px; }
.examples > details { padding: 9px 14px; }
.examples > details + details { border-top: 1px solid var(--line2); }
.examples b { color: var(--ink); font-weight: 600; }
.arrow { color: var(--ink3); }

/* Drift */
.legend { display: flex; gap: 4px 16px; color: var(--ink2); font-size: 12px; margin: 0 0 10px; flex-wrap: wrap; }
.legend span { display: inline-flex; gap: 6px; align-items: center; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr)); gap: 12px; }
.drift-card { padding: 11px 13px; min-width: 0; font-size: 12px; display: grid; align-content: start; }
.drift-card .head { justify-content: space-between; flex-wrap: nowrap; }
.drift-card h3 { min-width: 0; }
.drift-card > p.x { overflow-wrap: anywhere; }
.drift-card .chart { width: 100%; height: auto; display: block; margin: 8px 0 4px; }
.no-chart { color: var(--ink3); padding: 28px 0; text-align: center; }
.effect { display: flex; justify-content: space-between; align-items: center; gap: 4px 10px; flex-wrap: wrap; margin-top: 2px; }
.meaning { font-size: 11px; }
.numbers { border-top: 1px solid var(--line2); padding-top: 5px; align-self: end; }
.numbers .facts { border-top: 0; padding-top: 4px; }
.f-dot { fill: var(--cur); }
.calls { grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); gap: 2px 24px; margin-top: 6px; max-width: 720px; }
.finding-body .main > .tw + .tw, .finding-body .main > p + .tw { margin-top: 8px; }
.small tbody th, .small tfoot th { color: var(--ink); border-bottom-color: var(--line2); }
.small tfoot td, .small tfoot th { border-top: 1px solid var(--line); border-bottom: 0; }
.small .interval { vertical-align: middle; }
.matrix td.same { font-weight: 600; }
.matrix td.of-row { color: var(--ink3); }
.reading { margin: 4px 0 6px; color: var(--ink2); overflow-wrap: anywhere; }
.facts { margin: 0; padding-top: 6px; border-top: 1px solid var(--line2); display: grid; gap: 1px; }
.facts div { display: grid; grid-template-columns: 98px minmax(0, 1fr); gap: 8px; }
.about { margin: 14px 0; display: grid; gap: 3px; }
.about div { display: grid; grid-template-columns: 70px minmax(0, 1fr); gap: 12px; }
.about dd { color: var(--ink2); }
.detail { display: block; font-size: 11px; line-height: 14px; overflow-wrap: anywhere; }
.notes { margin: 6px 0 0; padding-left: 18px; color: var(--ink2); overflow-wrap: anywhere; }
footer { color: var(--ink3); font-size: 12px; padding-block: 24px 40px; }

@media (max-width: 980px) { .model-grid.two { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 860px) {
  .wrap { padding-inline: 14px; }
  .finding-body { grid-template-columns: minmax(0, 1fr); padding-left: 14px; }
  .findings .heads { display: none; }
  .finding > summary, .no-since .finding > summary { grid-template-columns: auto minmax(0, 1fr) auto; padding: 6px 12px 6px 24px; gap: 0 10px; }
  .finding > summary::before { left: 9px; top: 12px; }
  .finding > summary > .what { grid-column: 1 / -1; grid-row: 2; display: block; white-space: normal; overflow-wrap: anywhere; }
  .finding .what > span { display: block; }
  .finding > summary > .whom { grid-column: 2; grid-row: 1; }
  .finding > summary > .share { grid-column: 3; grid-row: 1; }
  .finding > summary > .many { grid-column: 3; grid-row: 3; font-size: 12px; color: var(--ink3); }
  .finding > summary > .owner { grid-column: 1 / 3; grid-row: 3; }
  .finding > summary > .since { display: none; }
  .problem { grid-template-columns: minmax(0, 1fr); }
  .side .chart { max-width: 320px; }
  .verdicts { grid-template-columns: 14px minmax(0, 1fr); }
  .verdicts .name { grid-column: 2; grid-row: 1; }
  .verdicts .s { grid-column: 1; grid-row: 1; }
  .verdicts li > span:last-child { grid-column: 2; }
}
@media (max-width: 460px) { .tools input { width: 100%; } h1 { font-size: 19px; } }
@media print {
  :root, :root[data-theme=dark], :root:not([data-theme=light]) {${light} --bg: #fff; }
  @page { margin: 12mm; }
  body { font-size: 9.5px; line-height: 1.35; }
  code, pre, .small td, .small th, th, .counts, .crumb, .legend, .drift-card, .side, .s, .finding > summary, .finding .since, .finding .owner, .problem { font-size: 9px; line-height: 1.35; }
  h1 { font-size: 17px; } h2 { font-size: 13px; }
  .wrap { max-width: none; padding-inline: 0; }
  section { padding-top: 12px; }
  nav.bar, .skip-link, .sql, .needs-js, .js .tools.needs-js, .js .needs-js:not([hidden]) { display: none; }
  .drift-card, tr, .problem, .finding > summary { break-inside: avoid; }
  h2, h3, .finding > summary { break-after: avoid; }
  .tw, pre { overflow: visible; max-height: none; }
  .rows tbody tr:nth-child(n + 6), .examples tbody tr:nth-child(n + 6) { display: none; }
  #check-table tr[data-s=pass] { display: none; }
  td, th, .small td, .small th, .matrix td, .matrix th { padding: 2px 5px; }
  .finding > summary, .no-since .finding > summary { padding-block: 2px; grid-template-columns: 70px minmax(70px, 130px) minmax(0, 1fr) 96px 50px minmax(60px, 120px) 92px; }
  .finding > summary > span { white-space: normal; overflow-wrap: anywhere; }
  .finding-body { grid-template-columns: minmax(0, 1fr) 200px; padding-block: 2px 6px; }
  .coverage { min-width: 0; } .coverage th:nth-child(n) { width: auto; white-space: normal; overflow-wrap: anywhere; }
  .cell { max-width: 28ch; -webkit-line-clamp: 2; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  details:not([open]) > :not(summary) { display: revert; }
  details:not([open]) > .finding-body { display: grid; }
  details.sql, details.numbers > dl { display: none; }
  .print-only { display: revert; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (forced-colors: active) { .s, .strip use { color: CanvasText; } }
`
