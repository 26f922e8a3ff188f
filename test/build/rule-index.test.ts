import { build } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { ruleIndex } from '../../build/rule-index.ts';
import * as source from '../../src/rules/rule-index.ts';

describe('the rule index of the bundle', () => {
  it('says what the source says, and needs no rule for it', async () => {
    const { output } = await build({ input: 'src/rules/rule-index.ts', plugins: [ruleIndex()], write: false, logLevel: 'silent' });
    const [{ code, moduleIds }] = output;
    expect(moduleIds).toEqual([expect.stringMatching(/\/src\/rules\/rule-index\.ts$/)]);

    const built = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as typeof source;
    expect(built.listRuleEntries()).toEqual(source.listRuleEntries());
    expect(built.listRuleIds()).toEqual(source.listRuleIds());
    expect(built.FILE_RULE_ENTRIES).toEqual(source.FILE_RULE_ENTRIES);
    expect(plain(built.KEYWORDS)).toEqual(plain(source.KEYWORDS));
  });
});

/** The build makes typed arrays of some lists. */
function plain(lists: object): unknown {
  return Object.fromEntries(Object.entries(lists).map(([name, list]: [string, Iterable<unknown>]) => [name, [...list]]));
}
