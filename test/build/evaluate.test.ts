import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../build/evaluate.ts';
import { createFolder } from '../support/repository.ts';

describe('evaluate', () => {
  it('runs a TypeScript module with what it imports, and gives back its exports', async () => {
    const folder = createFolder();
    writeFileSync(join(folder, 'numbers.ts'), 'export const SIX: number = 6;');
    writeFileSync(join(folder, 'main.ts'), "import { SIX } from './numbers.ts';\nexport const ANSWER: number = SIX * 7;");
    expect({ ...(await evaluate(join(folder, 'main.ts'))) }).toEqual({ ANSWER: 42 });
  });

  it('fails if the module does', async () => {
    const folder = createFolder();
    writeFileSync(join(folder, 'main.ts'), "throw new Error('no rules today');");
    await expect(evaluate(join(folder, 'main.ts'))).rejects.toThrow('no rules today');
  });
});
