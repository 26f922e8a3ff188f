#!/usr/bin/env node
import { join } from 'node:path';
import { createLoader } from './load-chunk.ts';

const [command, hook = ''] = process.argv.slice(2);
const purpose = command === 'hook' && /^[a-z-]+$/.test(hook) ? hook : 'by-hand';
const load = createLoader(join(import.meta.dirname, 'chunks'), purpose);
void (load('start.cjs') as typeof import('./cli/start.ts')).start();
