import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';

/** The exports of a TypeScript module, evaluated now. */
export async function evaluate(file: string): Promise<Readonly<Record<string, unknown>>> {
  const folder = mkdtempSync(join(tmpdir(), 'code-guardian-build-'));
  try {
    const bundled = join(folder, 'module.mjs');
    await build({ input: file, platform: 'node', output: { file: bundled }, logLevel: 'silent' });
    return (await import(pathToFileURL(bundled).href)) as Readonly<Record<string, unknown>>;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
