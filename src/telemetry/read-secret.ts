import { readFileSync, type Stats, statSync } from 'node:fs';
import { parseReference } from '../policy/config.ts';

/** Longer headers are not accepted by any server. Bytes. */
const MAX_BYTES = 8 * 1024;
const [LF, CR] = [0x0a, 0x0d];
const READABLE_BY_ALL = 0o004;

/** A secret in its own memory. The caller wipes it: `bytes.fill(0)`. */
export interface Secret {
  /** Without the trailing line end. */
  readonly bytes: Buffer;
  /** A problem with where it is stored. */
  readonly warning: string | null;
}

/**
 * Reads the secret behind a reference in the config.
 *
 * @throws Error with the reason, never with the secret
 */
export function readSecret(text: string, env: NodeJS.ProcessEnv): Secret {
  const reference = parseReference(text);
  if (reference === null) throw new Error('the value of a header is not a reference');
  if (reference.kind === 'env') return { bytes: checked(Buffer.from(env[reference.name] ?? ''), text), warning: null };
  const { path } = reference;
  const stat = statSync(path);
  // A pipe or a device may be endless.
  if (!stat.isFile() || stat.size > MAX_BYTES + 2) throw new Error(`${text} is not a file with one short line`);
  return { bytes: checked(readFileSync(path), text), warning: warningOf(path, stat) };
}

function warningOf(path: string, { mode }: Stats): string | null {
  const isOpen = process.platform !== 'win32' && (mode & READABLE_BY_ALL) !== 0;
  return isOpen ? `every user of this machine can read the secret in ${path}: run chmod 600 on it` : null;
}

/** The same memory without the trailing line end. An invalid value is wiped. */
function checked(bytes: Buffer, text: string): Buffer {
  const value = withoutLineEnd(bytes);
  if (value.length === 0) throw new Error(text.startsWith('env:') ? `${text} is not set` : `${text} is empty`);
  if (value.length <= MAX_BYTES && value.every((byte) => byte >= 0x20 && byte < 0x7f)) return value;
  bytes.fill(0);
  throw new Error(`${text} is not valid in a header: use one line of ASCII`);
}

function withoutLineEnd(bytes: Buffer): Buffer {
  if (bytes.at(-1) !== LF) return bytes;
  return bytes.subarray(0, bytes.at(-2) === CR ? -2 : -1);
}
