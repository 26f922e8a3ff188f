import { type Damage, decodeName, type Entry, tooLarge } from './entry.ts';

const BLOCK = 512;
/** Start and end of the header fields. */
const NAME = [0, 100] as const;
const SIZE = [124, 136] as const;
const CHECKSUM = [148, 156] as const;
const TYPE_AT = 156;
const MAGIC = [257, 265] as const;
const PREFIX = [345, 500] as const;
/** Sparse files in the old GNU format: does another block with holes follow? */
const HAS_MORE_HOLES_AT = 482;
const HAS_MORE_HOLES_THERE_AT = 504;

/** Types without data: links, devices, folders, pipes. */
const WITHOUT_DATA = new Set(['1', '2', '3', '4', '5', '6']);
/** Types of headers whose data describes the next member (`x`, `L`), its link and owner, or all members. */
const ABOUT = new Set(['x', 'L', 'K', 'N', 'g', 'V', 'X']);

/** The files in a tar archive: ustar, pax and the GNU format. An invalid header ends the list. */
export function* parseTar(bytes: Buffer): Generator<Entry | Damage> {
  let longName: string | null = null;
  let pax: Pax = {};
  for (let at = 0; at < bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.length < BLOCK) return yield { damage: 'truncated' };
    if (isZero(header)) return;
    const type = header.toString('latin1', TYPE_AT, TYPE_AT + 1);
    const ownSize = parseNumber(header.subarray(...SIZE));
    const damage = `damaged header at byte ${at}`;
    if (ownSize === null || !isSound(header)) return yield { damage };
    const size = WITHOUT_DATA.has(type) ? 0 : ABOUT.has(type) ? ownSize : (pax.size ?? ownSize);

    let start = at + BLOCK;
    if (type === 'S' && header[HAS_MORE_HOLES_AT] === 1) {
      do start += BLOCK;
      while (bytes[start - BLOCK + HAS_MORE_HOLES_THERE_AT] === 1);
    }
    const end = Math.min(start + size, bytes.length);
    if (ABOUT.has(type) && start + size > bytes.length) return yield { damage: 'truncated' };
    if (type === 'x') {
      const parsed = parsePax(bytes.subarray(start, end));
      if (parsed === null) return yield { damage };
      pax = parsed;
    } else if (type === 'L') longName = textIn(bytes.subarray(start, end));
    else if (!ABOUT.has(type)) {
      const name = pax.path ?? longName ?? nameIn(header);
      const span = [Math.min(start, end), end] as const;
      const trouble = start + size > bytes.length ? 'truncated' : null;
      if (!WITHOUT_DATA.has(type) && !(size === 0 && name.endsWith('/'))) {
        yield {
          name,
          open: (most) => (size > most ? tooLarge(0) : { bytes: bytes.subarray(...span), span, trouble, isTooLarge: false, cost: 0 }),
        };
      }
      [longName, pax] = [null, {}];
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
}

function isZero(block: Buffer): boolean {
  return block.every((byte) => byte === 0);
}

/** The sum of all bytes, with spaces in place of the sum itself. Some old programs added signed bytes. */
function isSound(header: Buffer): boolean {
  let sum = 0;
  let signed = 0;
  for (let i = 0; i < BLOCK; i++) {
    const byte = i >= CHECKSUM[0] && i < CHECKSUM[1] ? 0x20 : header[i]!;
    sum += byte;
    signed += byte < 0x80 ? byte : byte - 0x100;
  }
  const stated = parseNumber(header.subarray(...CHECKSUM));
  return stated === sum || stated === signed;
}

/** Octal digits, or a big-endian number if the first bit is set; null if it is neither. */
function parseNumber(field: Buffer): number | null {
  if (field[0] === 0x80) {
    const number = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    return Number.isSafeInteger(number) ? number : null;
  }
  const digits = textIn(field).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : null;
}

function nameIn(header: Buffer): string {
  // The GNU format has other fields in place of the prefix.
  const prefix = header.toString('latin1', ...MAGIC).startsWith('ustar\0') ? textIn(header.subarray(...PREFIX)) : '';
  const name = textIn(header.subarray(...NAME));
  return prefix === '' ? name : `${prefix}/${name}`;
}

function textIn(field: Buffer): string {
  const nul = field.indexOf(0);
  return decodeName(nul === -1 ? field : field.subarray(0, nul));
}

interface Pax {
  path?: string;
  size?: number;
}

/** Pax records: `LENGTH KEY=VALUE\n`, where the length covers the whole record; null for other data. */
function parsePax(bytes: Buffer): Pax | null {
  const pax: Pax = {};
  const text = bytes.toString('latin1');
  const record = /(\d+) ([^=]*)=/y;
  while (record.lastIndex < text.length) {
    const [start, found] = [record.lastIndex, record.exec(text)];
    const end = start + Number(found?.[1]);
    if (found === null || end <= record.lastIndex || end > text.length) return null;
    const value = decodeName(bytes.subarray(record.lastIndex, end - 1));
    if (found[2] === 'path') pax.path = value;
    if (found[2] === 'size' && /^\d+$/.test(value)) pax.size = Number(value);
    record.lastIndex = end;
  }
  return pax;
}
