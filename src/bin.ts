#!/usr/bin/env node
import { join } from 'node:path';
import { createLoader } from './load-chunk.ts';

const load = createLoader(join(import.meta.dirname, 'chunks'));
void (load('start.cjs') as typeof import('./cli/start.ts')).start();
