const SIZE_UNITS: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

const DURATION_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `10MiB`, `1.5GB`, `4096` or 4096 → bytes, or null. Decimal and binary units as in IEC 80000-13, in any case. */
export function parseSize(value: unknown): number | null {
  return parseQuantity(value, SIZE_UNITS);
}

/** `60s`, `100ms`, `2m`, `1h`, `250` or 250 → milliseconds, or null. */
export function parseDuration(value: unknown): number | null {
  return parseQuantity(value, DURATION_UNITS);
}

function parseQuantity(value: unknown, units: Readonly<Record<string, number>>): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null;
  const match = typeof value === 'string' ? /^(\d{1,16}(?:\.\d{1,6})?) ?([a-z]*)$/i.exec(value.trim()) : null;
  if (match === null) return null;
  const [, figure = '', unit = ''] = match;
  const factor = unit === '' ? 1 : Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined;
  const quantity = factor === undefined ? Number.NaN : Math.round(Number(figure) * factor);
  return Number.isSafeInteger(quantity) ? quantity : null;
}

/** Bytes in the largest binary unit with a whole number: 10485760 → `10MiB`. */
export function renderSize(bytes: number): string | number {
  const unit = ['TiB', 'GiB', 'MiB', 'KiB'].find((name) => bytes > 0 && Number.isInteger(bytes / SIZE_UNITS[name.toLowerCase()]!));
  return unit === undefined ? bytes : `${bytes / SIZE_UNITS[unit.toLowerCase()]!}${unit}`;
}

/** Milliseconds in the largest unit below hours with a whole number: 60000 → `60s`. */
export function renderDuration(milliseconds: number): string {
  return milliseconds > 0 && milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}
