import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHookInput } from '../../src/startup/read-hook-input.ts';
import { createFolder } from '../support/repository.ts';

/** A stream that nobody may open. */
const unused = new Readable({
  read() {
    throw new Error('the stream was opened');
  },
});

/** A descriptor that is not open: only the stream is left. */
const CLOSED = 1_000_000;

describe('the input of a hook', () => {
  it('is the same from a descriptor and from a stream, for any bytes', async () => {
    const file = join(createFolder(), 'input');
    const ref = fc.constantFrom(`refs/heads/a ${'1'.repeat(40)} refs/heads/a ${'0'.repeat(40)}\n`, 'refs/heads/ü\n');
    const bytes = fc.oneof(
      fc.array(ref).map((lines) => Buffer.from(lines.join(''))),
      fc.uint8Array({ maxLength: 200 }).map((values) => Buffer.from(values)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 50 }), async (input, size) => {
        writeFileSync(file, input);
        const descriptor = openSync(file, 'r');
        const quick = await readHookInput({ stdin: unused }, descriptor).finally(() => closeSync(descriptor));
        const chunks = Array.from({ length: Math.ceil(input.length / size) }, (_, i) => input.subarray(i * size, (i + 1) * size));
        expect(quick).toBe(await readHookInput({ stdin: Readable.from(chunks) }, CLOSED));
      }),
    );
  });

  it('is empty on a terminal', async () => {
    const terminal = Object.assign(Readable.from(['typed']), { isTTY: true });
    expect(await readHookInput({ stdin: terminal }, CLOSED)).toBe('');
  });
});
