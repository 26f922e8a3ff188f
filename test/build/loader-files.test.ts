import { runInThisContext } from 'node:vm';
import type { OutputBundle, OutputChunk } from 'rolldown';
import { describe, expect, it } from 'vitest';
import type { Chunk } from '../../build/chunk-table.ts';
import { loaderFiles } from '../../build/loader-files.ts';

type Method = (exports: Record<string, unknown>, require: (id: string) => unknown, module: object) => void;

const TABLE: readonly Chunk[] = [
  { name: 'then', entries: [], isInStart: true },
  { name: 'providers', entries: [] },
];

function bundleOf(files: Readonly<Record<string, string>>): OutputBundle {
  const chunks = Object.entries(files).map(([fileName, code]) => [fileName, { type: 'chunk', fileName, code } as OutputChunk]);
  return Object.fromEntries(chunks) as OutputBundle;
}

function write(bundle: OutputBundle): void {
  const { generateBundle } = loaderFiles(TABLE);
  (generateBundle as (options: object, bundle: OutputBundle) => void)({}, bundle);
}

function read(bundle: OutputBundle, name: string): Readonly<Record<string, Method>> {
  return runInThisContext((bundle[name] as OutputChunk).code) as Readonly<Record<string, Method>>;
}

describe('loaderFiles', () => {
  const FILES = { 'start.cjs': 'exports.a = 1', 'rolldown-runtime.cjs': '', 'then.cjs': 'exports.b = 2', 'providers.cjs': 'exports.c = 3' };

  it('writes each file as an object of functions, and what every hook loads into the first file', () => {
    const bundle = bundleOf(FILES);
    write(bundle);
    expect(Object.keys(bundle)).toEqual(['start.cjs', 'providers.cjs']);
    expect(Object.keys(read(bundle, 'start.cjs'))).toEqual(['start.cjs', 'rolldown-runtime.cjs', 'then.cjs']);
    const exports = {};
    read(bundle, 'start.cjs')['then.cjs']!(exports, () => null, {});
    read(bundle, 'providers.cjs')['providers.cjs']!(exports, () => null, {});
    expect(exports).toEqual({ b: 2, c: 3 });
  });

  it('writes ASCII that means the same, also in names of one character and past 16 bits', () => {
    const bundle = bundleOf({ ...FILES, 'providers.cjs': "exports.c = 'é…😀'; // comment at the end" });
    write(bundle);
    expect((bundle['providers.cjs'] as OutputChunk).code).toMatch(/^[\0-\x7f]+$/);
    const exports = {};
    read(bundle, 'providers.cjs')['providers.cjs']!(exports, () => null, {});
    expect(exports).toEqual({ c: 'é…😀' });
  });

  it('fails the build if a chunk of the table is missing', () => {
    const { 'then.cjs': _, ...others } = FILES;
    expect(() => write(bundleOf(others))).toThrow('no chunk is named then.cjs');
  });
});
