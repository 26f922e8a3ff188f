import { describe, expect, it } from 'vitest';
import { renderLicenses } from '../../build/licenses.ts';

describe('renderLicenses', () => {
  it('lists the packages, then gives the texts of each', () => {
    const text = renderLicenses([
      { name: 'a', version: '1.0.0', license: 'MIT', texts: ['MIT text', 'A notice'] },
      { name: '@b/c', version: '2.0.0', license: 'ISC', texts: [] },
    ]);
    const [list, first, second] = text.split(`\n${'-'.repeat(80)}\n\n`);
    expect(list).toContain('a 1.0.0: MIT\n@b/c 2.0.0: ISC\n');
    expect(first).toBe('a 1.0.0\n\nMIT text\n\nA notice\n');
    expect(second).toBe('@b/c 2.0.0\n\nThe package has no license file. Its package.json says: ISC\n');
  });
});
