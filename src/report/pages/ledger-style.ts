/**
 * The style of the ledger's page, light and dark. Text has a contrast of at least 4.5 to 1 to what is behind it, parts of drawings 3 to 1; a
 * test works it out.
 */
export const LEDGER_STYLE = `
:root {
  color-scheme: light dark;
  --back: #fbfbfa; --text: #1d2025; --quiet: #565d66; --line: #d5d9de;
  --clean: #2f7f86; --warned: #a66f00; --blocked: #c0392f; --incomplete: #7350c2; --bypassed: #6a727d; --found: #7d8794;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #14171b; --text: #e7eaee; --quiet: #a5adb8; --line: #363c45;
    --clean: #56a9b0; --warned: #d9a441; --blocked: #ef7a70; --incomplete: #ad93f2; --bypassed: #8f98a5; --found: #77818e;
  }
}
* { box-sizing: border-box; }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 0 0 .5rem; font-size: 1.125rem; }
header p, footer p, caption, summary { color: var(--quiet); }
header p, footer p { margin: 0; }
section, .sums, .none { margin: 2.5rem 0 0; }
code { font: .9em ui-monospace, monospace; }
ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; list-style: none; }
.checks { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; margin-top: 1.5rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }
.checks h2 { margin: 0; }
.ok { color: var(--clean); } .warn { color: var(--warned); } .fail { color: var(--blocked); } .skipped { color: var(--quiet); }
.sums { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: 1.25rem; }
dt { color: var(--quiet); font-size: .875rem; }
dd { margin: 0; font-size: 1.625rem; font-variant-numeric: tabular-nums; line-height: 1.3; }
.legend { margin-bottom: .5rem; font-size: .875rem; }
.legend svg { width: .75rem; height: .75rem; margin-right: .375rem; }
.wide { overflow-x: auto; }
.days { display: block; width: 100%; min-width: 36rem; }
.days text { fill: var(--quiet); font-size: 11px; font-variant-numeric: tabular-nums; }
.days rect { stroke: var(--back); }
.grid { stroke: var(--line); }
.clean { fill: var(--clean); } .warned { fill: var(--warned); } .blocked { fill: var(--blocked); }
.incomplete { fill: var(--incomplete); } .bypassed { fill: var(--bypassed); } .found { fill: var(--found); }
summary { cursor: pointer; margin: .75rem 0; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { padding-bottom: .5rem; text-align: left; font-size: .875rem; }
th, td { padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; white-space: nowrap; }
thead .number { width: 6rem; }
thead th { color: var(--quiet); font-size: .875rem; font-weight: 600; }
tbody th { font-weight: 400; }
.number, td.number { padding-right: 1.5rem; text-align: right; }
.bar { display: block; width: 100%; min-width: 8rem; height: .375rem; margin-top: .125rem; }
footer { margin-top: 3rem; font-size: .875rem; }
`;
