import { readFileSync, type Stats, statSync } from 'node:fs';
import { parseReference } from '../policy/config.ts';

/** No header of any server is longer. Bytes. */
const MAX_BYTES = 8 * 1024;
const [LF, CR] = [0x0a, 0x0d];
const READABLE_BY_ALL = 0o004;

/** A secret in memory of its own, which whoever has it wipes: `bytes.fill(0)`. */
export interface Secret {
  /** Without the last line end. */
  readonly bytes: Buffer;
  /** What its owner should know of where it is kept. */
  readonly warning: string | null;
}

/**
 * Reads what a reference of the config leads to.
 *
 * @throws Error that says why there is none, without it
 */
export function readSecret(text: string, env: NodeJS.ProcessEnv): Secret {
  const reference = parseReference(text);
  if (reference === null) throw new Error('a header is set to what is no reference');
  if (reference.kind === 'env') return { bytes: checked(Buffer.from(env[reference.name] ?? ''), text), warning: null };
  const { path } = reference;
  const stat = statSync(path);
  // Of a pipe or a device there may be no end.
  if (!stat.isFile() || stat.size > MAX_BYTES + 2) throw new Error(`${text} is no file of one short line`);
  return { bytes: checked(readFileSync(path), text), warning: warningOf(path, stat) };
}

function warningOf(path: string, { mode }: Stats): string | null {
  const isOpen = process.platform !== 'win32' && (mode & READABLE_BY_ALL) !== 0;
  return isOpen ? `everybody on this machine can read the secret in ${path}: run chmod 600 on it` : null;
}

/** The same memory without the last line end. What no header can carry is wiped. */
function checked(bytes: Buffer, text: string): Buffer {
  const value = withoutLineEnd(bytes);
  if (value.length === 0) throw new Error(text.startsWith('env:') ? `${text} is not set` : `${text} holds nothing`);
  if (value.length <= MAX_BYTES && value.every((byte) => byte >= 0x20 && byte < 0x7f)) return value;
  bytes.fill(0);
  throw new Error(`${text} holds what no header can carry: it takes one line of ASCII`);
}

function withoutLineEnd(bytes: Buffer): Buffer {
  if (bytes.at(-1) !== LF) return bytes;
  return bytes.subarray(0, bytes.at(-2) === CR ? -2 : -1);
}
