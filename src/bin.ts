#!/usr/bin/env node
import { join } from 'node:path';
import { createLoader } from './startup/load-chunk.ts';

/** Chunks that are loaded on first use. The build replaces this name with its list. */
declare const CHUNKS_ON_FIRST_USE: readonly string[];

const [command, hook = ''] = process.argv.slice(2);
const purpose = command === 'hook' && /^[a-z-]+$/.test(hook) ? hook : 'by-hand';
const load = createLoader(join(import.meta.dirname, 'chunks'), purpose, CHUNKS_ON_FIRST_USE);
try {
  void (load('start.cjs') as typeof import('./cli/start.ts')).start();
} catch (thrown) {
  // Node would exit with 1, which means a blocking finding.
  process.stderr.write(`code-guardian: the installation is damaged: ${String(thrown)}\n  Reinstall code-guardian.\n`);
  process.exitCode = 2;
}
