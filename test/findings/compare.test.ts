import { describe, expect, it } from 'vitest';
import { compareFindings, type Side } from '../../src/findings/compare.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { logFinding, secretFinding, suppressedFinding } from '../report/example-report.ts';

const fp = (letter: string): string => letter.repeat(32);
const side = (findings: readonly Finding[], more: Partial<Side> = {}): Side => ({ findings, suppressed: [], keyId: 'k', ...more });

function summary(before: Side, now: Side) {
  const { matchedBy, added, fixed, accepted, unchanged } = compareFindings(before, now);
  const name = ({ path, line }: Finding): string => `${path}:${line}`;
  return {
    matchedBy,
    new: added.map(({ finding, wasSuppressed }) => name(finding) + (wasSuppressed === null ? '' : ` was ${wasSuppressed.by}`)),
    fixed: fixed.map(name),
    accepted: accepted.map(({ now: one }) => name(one)),
    unchanged: unchanged.map(({ before: old, now: one }) => `${name(old)} ${name(one)}`),
  };
}

const NOTHING = { matchedBy: 'fingerprint', new: [], fixed: [], accepted: [], unchanged: [] };

describe('by fingerprint', () => {
  it('nothing against nothing is nothing', () => {
    expect(summary(side([]), side([]))).toEqual(NOTHING);
  });

  it('tells new, fixed and unchanged', () => {
    const old = secretFinding({ path: 'old.ts', fingerprint: fp('c') });
    const fresh = secretFinding({ path: 'new.ts', fingerprint: fp('d') });
    expect(summary(side([old, logFinding()]), side([fresh, logFinding()]))).toEqual({
      ...NOTHING,
      new: ['new.ts:3'],
      fixed: ['old.ts:3'],
      unchanged: ['src/cart.ts:12 src/cart.ts:12'],
    });
  });

  it.each([
    ['moves to another line', { line: 40 }],
    ['moves to another file', { path: 'src/other.ts' }],
    ['is in another commit', { commit: 'e'.repeat(40) }],
  ])('what %s is unchanged', (_, changes) => {
    expect(summary(side([secretFinding()]), side([secretFinding(changes)]))).toMatchObject({
      new: [],
      fixed: [],
      unchanged: [expect.anything()],
    });
  });

  it('pairs what is nearest, each once: a second place is new, and one less is fixed', () => {
    const one = secretFinding();
    const moved = secretFinding({ line: 9 });
    const copy = secretFinding({ path: 'src/copy.ts' });
    expect(summary(side([one]), side([copy, moved]))).toMatchObject({ new: ['src/copy.ts:3'], unchanged: ['src/pay.ts:3 src/pay.ts:9'] });
    expect(summary(side([copy, moved]), side([one]))).toMatchObject({
      new: [],
      fixed: ['src/copy.ts:3'],
      unchanged: ['src/pay.ts:9 src/pay.ts:3'],
    });
  });

  it('pairs within a file, and within a commit, before it looks elsewhere', () => {
    expect(summary(side([secretFinding()]), side([secretFinding({ line: 9 }), secretFinding({ line: 12 })]))).toMatchObject({
      new: ['src/pay.ts:12'],
      unchanged: ['src/pay.ts:3 src/pay.ts:9'],
    });
    const [first, second] = [secretFinding({ commit: 'c1' }), secretFinding({ commit: 'c2', line: 9 })];
    expect(summary(side([first, second]), side([secretFinding({ commit: 'c2', line: 4 })]))).toMatchObject({ fixed: ['src/pay.ts:3'] });
  });

  it('another value at the same place is new', () => {
    expect(summary(side([secretFinding()]), side([secretFinding({ fingerprint: fp('d') })]))).toMatchObject({
      new: ['src/pay.ts:3'],
      fixed: ['src/pay.ts:3'],
    });
  });

  it('what was accepted is neither fixed nor unchanged, and new again when it counts again', () => {
    const accepted = suppressedFinding({ by: 'baseline' });
    expect(summary(side([secretFinding()]), side([], { suppressed: [accepted] }))).toEqual({ ...NOTHING, accepted: ['src/pay.ts:3'] });
    expect(summary(side([], { suppressed: [accepted] }), side([secretFinding()]))).toEqual({
      ...NOTHING,
      new: ['src/pay.ts:3 was baseline'],
    });
    expect(summary(side([], { suppressed: [accepted] }), side([], { suppressed: [accepted] }))).toEqual(NOTHING);
  });
});

describe('with fingerprints of different keys', () => {
  const other = (changes: Partial<Finding> = {}) => secretFinding({ fingerprint: fp('9'), ...changes });

  it('goes by rule, file and redacted line', () => {
    const now = side([other({ line: 40 }), other({ path: 'new.ts' })], { keyId: 'l' });
    expect(summary(side([secretFinding(), logFinding()]), now)).toEqual({
      matchedBy: 'place',
      new: ['new.ts:3'],
      fixed: ['src/cart.ts:12'],
      accepted: [],
      unchanged: ['src/pay.ts:3 src/pay.ts:40'],
    });
  });

  it('knows a value again on a line that was changed around it', () => {
    const now = side([secretFinding({ fingerprint: fp('9') }, ['let k = "', '"'])], { keyId: 'l' });
    expect(summary(side([secretFinding()]), now)).toMatchObject({ new: [], unchanged: [expect.anything()] });
  });

  it('is noticed where a report does not name its key: all places the same, all fingerprints others', () => {
    const unknown = ({ keyId: _, ...rest }: Side): Side => rest;
    expect(summary(unknown(side([secretFinding()])), unknown(side([other()])))).toMatchObject({ matchedBy: 'place', new: [] });
    expect(summary(unknown(side([secretFinding(), logFinding()])), unknown(side([other(), logFinding()])))).toMatchObject({
      matchedBy: 'fingerprint',
      new: ['src/pay.ts:3'],
    });
    expect(summary(unknown(side([secretFinding()])), unknown(side([other({ line: 99 })])))).toMatchObject({
      matchedBy: 'fingerprint',
      new: ['src/pay.ts:99'],
    });
  });
});
