import { describe, expect, it } from 'vitest';
import { packKeywords } from '../../build/packed-keywords.ts';

const LISTS = { literals: ['ghp_', 'a"b', 'ü'], owners: [0, 1, 255, 256, 65_535], none: [] };

async function unpack(code: string): Promise<Record<string, Iterable<unknown>>> {
  const { KEYWORDS } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    KEYWORDS: Record<string, Iterable<unknown>>;
  };
  return KEYWORDS;
}

describe('packKeywords', () => {
  it('writes code that gives the lists back', async () => {
    const unpacked = await unpack(await packKeywords(LISTS));
    expect(Object.fromEntries(Object.entries(unpacked).map(([name, list]) => [name, [...list]]))).toEqual(LISTS);
  });

  it('writes the lower byte first, whatever machine builds', async () => {
    expect(await packKeywords({ literals: [], owners: [1, 256] })).toContain("owners: unpack('AQAAAQ==')");
  });

  it('refuses a number that does not fit into two bytes', async () => {
    await expect(packKeywords({ literals: [], owners: [65_536] })).rejects.toThrow(RangeError);
  });
});
