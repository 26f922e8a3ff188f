import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration, parseSize, renderDuration, renderSize } from '../../src/config/units.ts';

describe('sizes', () => {
  it.each([
    ['10MiB', 10 * 2 ** 20],
    ['1.5GB', 1.5e9],
    ['1 kB', 1000],
    ['2tib', 2 * 2 ** 40],
    ['512B', 512],
    ['4096', 4096],
    [4096, 4096],
    [' 1KiB ', 1024],
    ['0.1KiB', 102],
  ])('%j is %d bytes', (written, bytes) => {
    expect(parseSize(written)).toBe(bytes);
  });

  it.each([
    '',
    'MiB',
    '10M',
    '10 potatoes',
    '-1B',
    '1e3',
    '1,5GB',
    '1..5GB',
    -1,
    1.5,
    Number.NaN,
    Infinity,
    null,
    undefined,
    [],
    {},
    '9999999999999999TiB',
    '1toString',
  ])('%j is none', (written) => {
    expect(parseSize(written)).toBeNull();
  });

  it('are written so that they read the same', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.maxSafeNat(),
          fc.integer({ min: 0, max: 4000 }).map((n) => n * 2 ** 20),
        ),
        (bytes) => parseSize(renderSize(bytes)) === bytes,
      ),
    );
    expect(renderSize(10 * 2 ** 20)).toBe('10MiB');
    expect(renderSize(1000)).toBe(1000);
    expect(renderSize(0)).toBe(0);
  });
});

describe('durations', () => {
  it.each([
    ['60s', 60_000],
    ['100ms', 100],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['1.5s', 1500],
    ['250', 250],
    [250, 250],
    [0, 0],
  ])('%j is %d ms', (written, milliseconds) => {
    expect(parseDuration(written)).toBe(milliseconds);
  });

  it.each(['', 's', '1d', '-1s', '1 fortnight', -1, 0.5, null])('%j is none', (written) => {
    expect(parseDuration(written)).toBeNull();
  });

  it('are written so that they read the same', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e9 }), (ms) => parseDuration(renderDuration(ms)) === ms));
    expect(renderDuration(60_000)).toBe('60s');
    expect(renderDuration(1500)).toBe('1500ms');
  });
});
