/**
 * The style of the HTML report, light and dark. Text has a contrast of at least 4.5 to 1 to what is behind it; a test computes it.
 */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --back: #fbfbfa; --raised: #f1f2f4; --text: #1d2025; --quiet: #545b64; --line: #d5d9de; --link: #1a5fb4; --mark: #ffe08a; --on-mark: #1d2025;
  --critical: #a32218; --high: #b3400f; --medium: #7a5600; --low: #1f6a70; --info: #545b64; --good: #1f6a70;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #14171b; --raised: #1d2127; --text: #e7eaee; --quiet: #a5adb8; --line: #363c45; --link: #8ab4f8; --mark: #5c4a10; --on-mark: #ffedb8;
    --critical: #ff8a80; --high: #ffa36b; --medium: #e0b355; --low: #6fc0c7; --info: #a5adb8; --good: #6fc0c7;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--link); }
h1 { margin: 0; font-size: 1.625rem; line-height: 1.25; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; }
h3 { position: sticky; top: 0; z-index: 1; margin: 1.5rem 0 .5rem; padding: .375rem 0; background: var(--back); border-bottom: 1px solid var(--line); font-size: 1rem; overflow-wrap: anywhere; }
h4 { margin: 0; font-size: 1rem; font-weight: 600; overflow-wrap: anywhere; }
p { margin: .25rem 0; }
.quiet, .count, footer { color: var(--quiet); font-weight: 400; font-size: .875rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; z-index: 2; padding: .5rem; background: var(--raised); }
.bad { color: var(--critical); } .good { color: var(--good); } .fair { color: var(--medium); }
code, pre { font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
form { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: end; margin: 1.5rem 0 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--raised); }
label, legend { font-size: .875rem; color: var(--quiet); }
label.field { display: grid; gap: .125rem; }
fieldset { display: flex; flex-wrap: wrap; gap: .25rem .875rem; margin: 0; padding: 0; border: 0; }
fieldset label { color: var(--text); }
input[type=search], select, button { height: 2.25rem; max-width: 100%; padding: 0 .5rem; border: 1px solid var(--quiet); border-radius: .25rem; background: var(--back); color: var(--text); font: inherit; }
input[type=search] { width: 16rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
article { margin: 0 0 .75rem; padding: .625rem .875rem; border: 1px solid var(--line); border-left: .25rem solid var(--info); border-radius: .375rem; content-visibility: auto; contain-intrinsic-size: auto 7.5rem; }
article[data-severity=critical] { border-left-color: var(--critical); }
article[data-severity=high] { border-left-color: var(--high); }
article[data-severity=medium] { border-left-color: var(--medium); }
article[data-severity=low] { border-left-color: var(--low); }
.severity { margin-right: .5rem; font-size: .75rem; font-weight: 700; letter-spacing: .04em; text-transform: uppercase; }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); } .low { color: var(--low); } .info { color: var(--info); }
pre { display: flex; margin: .5rem 0 .25rem; overflow-x: auto; border-radius: .25rem; background: var(--raised); }
pre .number { flex: none; padding: .25rem .625rem; border-right: 1px solid var(--line); color: var(--quiet); user-select: none; }
pre code { padding: .25rem .625rem; white-space: pre; }
mark { padding: 0 .125rem; border-radius: .125rem; background: var(--mark); color: var(--on-mark); }
ul { margin: 0; padding-left: 1.25rem; overflow-wrap: anywhere; }
dl { margin: 0; }
dt { margin-top: .75rem; font-weight: 600; overflow-wrap: anywhere; }
dd { margin: 0; }
summary { cursor: pointer; }
kbd { padding: 0 .3125rem; border: 1px solid var(--line); border-radius: .25rem; font: .8125rem ui-monospace, monospace; }
footer { margin-top: 3rem; }
@media (max-width: 40rem) { body { padding: 1rem .75rem 3rem; } form { align-items: stretch; } .field, .field input, .field select, button { width: 100%; } }
@media print { form, .keys { display: none; } h3 { position: static; } article { break-inside: avoid; content-visibility: visible; } }
`;
