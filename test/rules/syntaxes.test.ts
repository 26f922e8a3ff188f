import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { minimatch } from 'minimatch';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import type { ContentRule } from '../../src/engine/rule.ts';
import { alnum, hex, pick, uuid } from '../../src/rules/drafting/sample.ts';

const rules = CATALOGUE.filter((rule): rule is ContentRule => rule.kind === 'content' && rule.category === 'secret' && !rule.isOptIn);
const scanner = createScanner(sourceOf(rules));

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const encode = (text: string): string => Buffer.from(text).toString('base64');
const password = (seed: string): string => pick(LOWER, 7, seed) + pick('23456789', 2, seed) + pick(LOWER.toUpperCase(), 2, seed);

/** What stands in place of a value: a key, a password as people make it, letters only, hexadecimal, a UUID, a fingerprint, base64 of these. */
const VALUES: Readonly<Record<string, (seed: string) => string>> = {
  K: (seed) => alnum(32, seed),
  P: password,
  W: (seed) => pick(LOWER, 9, seed),
  H: (seed) => hex(32, seed),
  B: (seed) => encode(alnum(32, seed)),
  U: uuid,
  F: (seed) => hex(40, seed).toUpperCase(),
  B64P: (seed) => encode(password(seed)),
  B64K: (seed) => encode(alnum(32, seed)),
  B64UP: (seed) => encode(`deploy:${password(seed)}`),
};

/** Lines of a file beside this one: a path, a tab, a text with `\n`. */
function readCases(name: string): (readonly [path: string, text: string])[] {
  const lines = readFileSync(new URL(name, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const [path, ...rest] = line.split('\t');
    return [
      path!,
      rest
        .join('\t')
        .replaceAll(String.raw`\t`, '\t')
        .replaceAll(String.raw`\n`, path!.endsWith('.ipynb') ? String.raw`\n` : '\n'),
    ];
  });
}

function fill(text: string, seed: string): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => VALUES[key]?.(seed) ?? whole);
}

function rulesOf(path: string, text: string): string[] {
  const isActive = ({ paths }: ContentRule): boolean => paths === undefined || paths.some((glob) => minimatch(path, glob, { dot: true }));
  const matches = scanner.scan({ bytes: Buffer.from(`${text}\n`), path, isActive });
  return matches.filter(({ severity, placeholder }) => severity !== 'info' && placeholder === null).map(({ rule }) => rule.id);
}

describe('a credential is found', () => {
  it.each(readCases('syntaxes.txt'))('%s: %s', (path, text) => {
    // A value made by chance may hold a word: most have to be found.
    const tries = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const found = tries.filter((seed) => rulesOf(path, fill(text, seed)).length > 0);
    expect(found.length).toBeGreaterThanOrEqual(5);
  });
});

describe('no credential is seen', () => {
  it.each(readCases('look-alikes.txt'))('%s: %s', (path, text) => {
    for (const seed of ['a', 'b', 'c']) expect(rulesOf(path, fill(text, seed))).toEqual([]);
  });
});
