#!/usr/bin/env node
import { keepCompiledCode } from './compile-cache.ts';

keepCompiledCode(import.meta.dirname);
void import('./cli/start.ts').then(({ start }) => start());
