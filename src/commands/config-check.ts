import type { Run } from '../cli/command.ts';
import { EXIT } from '../cli/host.ts';
import { loadDiskConfig } from './load-disk-config.ts';

/** `code-guardian config check [FILE]`: reads every layer, FILE in place of the repository's. What is wrong is thrown. */
export const run: Run = async ({ host, options, args }) => {
  const { layers } = await loadDiskConfig({ host, options }, args[0] ?? options.config);
  const files = [...new Set(layers.flatMap(({ file }) => (file === null ? [] : [file])))];
  host.stdout.write(`config is valid: ${files.length > 0 ? files.join(', ') : 'no file, the defaults hold'}\n`);
  return EXIT.ok;
};
