import { existsSync, realpathSync } from 'node:fs';
import type { ChunkingContext } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { assignChunks } from '../../build/assign-chunks.ts';
import { type Chunk, CHUNKS, CHUNKS_ON_FIRST_USE } from '../../build/chunk-table.ts';

const [BIN, INDEX, SHARED, RULES] = ['src/bin.ts', 'src/index.ts', 'src/host/version.ts', 'src/rules/catalogue.ts'].map((file) =>
  realpathSync(file),
) as [string, string, string, string];

/** A graph by what each module imports. */
function graphOf(imports: Readonly<Record<string, readonly string[]>>): ChunkingContext {
  return { getModuleInfo: (id) => ({ importedIds: imports[id] ?? [] }) as unknown as ReturnType<ChunkingContext['getModuleInfo']> };
}

describe('assignChunks', () => {
  const table: readonly Chunk[] = [
    { name: 'first', entries: ['src/bin.ts'] },
    { name: 'second', entries: ['src/index.ts'] },
    { name: 'rules', entries: ['src/rules/catalogue.ts'], isOnFirstUse: true },
  ];

  it('puts a module into the first chunk that needs it', () => {
    const chunkOf = assignChunks(table);
    const graph = graphOf({ [BIN]: [SHARED], [INDEX]: [SHARED] });
    expect([BIN, INDEX, SHARED].map((id) => chunkOf(id, graph))).toEqual(['first', 'second', 'first']);
  });

  it('keeps what is loaded on first use out of the chunks before it', () => {
    const chunkOf = assignChunks(table);
    expect(chunkOf(RULES, graphOf({ [BIN]: [RULES] }))).toBe('rules');
  });

  it('ends on modules that import each other, and leaves the others to rolldown', () => {
    const chunkOf = assignChunks(table);
    const graph = graphOf({ [BIN]: [SHARED], [SHARED]: [BIN] });
    expect([SHARED, '/elsewhere.ts'].map((id) => chunkOf(id, graph))).toEqual(['first', null]);
  });
});

describe('the table of chunks', () => {
  it('names files that exist, each once', () => {
    const entries = CHUNKS.flatMap((chunk) => chunk.entries);
    expect(entries.filter((entry) => !existsSync(entry))).toEqual([]);
    expect(new Set(entries).size).toBe(entries.length);
    expect(new Set(CHUNKS.map(({ name }) => name)).size).toBe(CHUNKS.length);
  });

  it('tells the loader which chunks wait for their first use', () => {
    expect(CHUNKS_ON_FIRST_USE).toEqual(['./common.cjs', './providers.cjs']);
  });
});
