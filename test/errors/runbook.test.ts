import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type ErrorCode, RECOVERY } from '../../src/errors/guardian-error.ts';
import { SYMPTOM } from '../../src/errors/symptoms.ts';

const PAGE = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const CODES = Object.keys(RECOVERY) as ErrorCode[];

it('the page of errors has the recovery of every code, and no other code', () => {
  const rows = [...PAGE.matchAll(/^\| \[`(\w+)`\]\(#(\w+)\) *\| `(\w+)` *\| (.*?) *\|$/gm)].map(([, ...cells]) => cells);
  expect(rows).toEqual(CODES.map((code) => [code, code.toLowerCase(), RECOVERY[code], SYMPTOM[code]]));
});

it('the page of errors says what each recovery is', () => {
  const known = [...PAGE.matchAll(/^\| `(\w+)` *\|/gm)].map(([, name]) => name);
  expect(known).toEqual(expect.arrayContaining([...new Set(Object.values(RECOVERY))]));
});

it.each(CODES)('%s has a symptom, a cause, what happens by itself, and what to do', (code) => {
  const [, section = ''] = PAGE.split(`\n## ${code}\n`);
  const items = section
    .split('\n## ')[0]!
    .trim()
    .split(/\n(?! )/);
  expect(items.map((item) => /^- \*\*(.+?)\*\*: \S/.exec(item)?.[1])).toEqual(['Symptom', 'Cause', 'By itself', 'What to do']);
});
