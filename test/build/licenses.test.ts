import { describe, expect, it } from 'vitest';
import { renderLicenses } from '../../build/licenses.ts';

describe('renderLicenses', () => {
  it('lists the packages, then gives the texts of each, and a text that two share once', () => {
    const text = renderLicenses([
      { name: 'a', version: '1.0.0', license: 'MIT', texts: ['MIT text', 'A notice'] },
      { name: 'b', version: '1.1.0', license: 'MIT', texts: ['One text'] },
      { name: 'd', version: '1.2.0', license: 'MIT', texts: ['One text'] },
      { name: '@b/c', version: '2.0.0', license: 'ISC', texts: [] },
    ]);
    const [list, first, second, third] = text.split(`\n${'-'.repeat(80)}\n\n`);
    expect(list).toContain('a 1.0.0: MIT\nb 1.1.0: MIT\nd 1.2.0: MIT\n@b/c 2.0.0: ISC\n');
    expect(first).toBe('a 1.0.0\n\nMIT text\n\nA notice\n');
    expect(second).toBe('b 1.1.0\nd 1.2.0\n\nOne text\n');
    expect(third).toBe('@b/c 2.0.0\n\nThe package has no license file. Its package.json says: ISC\n');
  });
});
