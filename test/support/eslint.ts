import { mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A formatter for ESLint that writes SARIF. */
export const SARIF_FORMATTER = fileURLToPath(new URL('eslint-sarif.cjs', import.meta.url));

/** Puts ESLint into a project's `node_modules`, as a package manager that links does. It is that of our own, or of the folder named by a variable. */
export function linkEslint(top: string): void {
  const home = process.env['CODE_GUARDIAN_TEST_ESLINT'];
  const require = createRequire(home === undefined ? import.meta.url : join(home, 'package.json'));
  const eslint = dirname(require.resolve('eslint/package.json'));
  mkdirSync(join(top, 'node_modules', '.bin'), { recursive: true });
  symlinkSync(eslint, join(top, 'node_modules', 'eslint'));
  symlinkSync(join(eslint, 'bin', 'eslint.js'), join(top, 'node_modules', '.bin', 'eslint'));
}
