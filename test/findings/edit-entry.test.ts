import { describe, expect, it } from 'vitest';
import { type BaselineEntry, parseBaseline, renderBaseline } from '../../src/findings/baseline.ts';
import { editEntry } from '../../src/findings/edit-entry.ts';

const entry = (fingerprint: string, more: Partial<BaselineEntry> = {}): BaselineEntry => ({
  fingerprint,
  rule: 'a-rule',
  path: 'a.js',
  ...more,
});

/** The new text. */
function edited(text: string, known: BaselineEntry, next: BaselineEntry | null): string {
  const edit = editEntry(text, 'b.json', known, next);
  if (edit.status !== 'edited') throw new Error(edit.status);
  return edit.text;
}

describe('an edit of one entry', () => {
  it('changes one line of a file of ours', () => {
    const text = renderBaseline({ key: 'k', entries: [entry('1'), entry('2'), entry('3')] });
    expect(edited(text, entry('2'), entry('2', { label: 'false' }))).toBe(
      text.replace('"2","rule":"a-rule","path":"a.js"', '"2","rule":"a-rule","path":"a.js","label":"false"'),
    );
    expect(edited(text, entry('2'), null)).toBe(renderBaseline({ key: 'k', entries: [entry('1'), entry('3')] }));
  });

  it('keeps order, layout of fields, and what it does not know', () => {
    const document = {
      $schema: 'x',
      version: 1,
      entries: [{ path: 'a.js', ticket: 7, fingerprint: '9', rule: 'a-rule' }, null, { ...entry('1'), more: { deep: [1, '\u2028'] } }],
      key: 'k',
      last: null,
    };
    const known = parseBaseline(JSON.stringify(document), 'b.json').entries[1]!;
    const after = JSON.parse(edited(JSON.stringify(document, null, 4), known, { ...known, reason: 'known' })) as typeof document;
    expect(JSON.stringify(after)).toBe(
      JSON.stringify({
        ...document,
        entries: [document.entries[0], { ...entry('1', { reason: 'known' }), more: { deep: [1, '\u2028'] } }, null],
      }),
    );
  });

  it('is of the entry that was shown, where two have its fingerprint', () => {
    const entries = [entry('1', { reason: 'ours' }), entry('1', { reason: 'theirs' })];
    const text = renderBaseline({ key: 'k', entries });
    expect(parseBaseline(edited(text, entries[1]!, null), 'b.json').entries).toEqual([entries[0]]);
  });

  it('is none where somebody else was there before', () => {
    const text = renderBaseline({ key: 'k', entries: [entry('1', { reason: 'theirs' })] });
    expect(editEntry(text, 'b.json', entry('1'), null)).toEqual({ status: 'changed', entry: entry('1', { reason: 'theirs' }) });
    expect(editEntry(text, 'b.json', entry('2'), null)).toEqual({ status: 'gone' });
    expect(() => editEntry('{', 'b.json', entry('1'), null)).toThrow('b.json: ');
  });
});
