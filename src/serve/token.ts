import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileError, GuardianError } from '../errors/guardian-error.ts';

/** The variable with the token, if there is no file. */
export const TOKEN_VARIABLE = 'CODE_GUARDIAN_SERVE_TOKEN';

const MAX_BYTES = 4096;
/** Characters of a bearer token: https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
const SENDABLE = /^[\w.~+/-]+=*$/;

/** Whether an `Authorization` header has the token. */
export type TokenCheck = (authorization: string | undefined) => boolean;

/**
 * Reads the token from a file, or from its variable, which is then removed from the environment so that no child process gets it. Only a keyed
 * hash of the token stays in memory.
 *
 * @returns null if none is set
 * @throws GuardianError CONFIG_INVALID where it cannot be used, FILE_SYSTEM or PERMISSION_DENIED where it cannot be read
 */
export function readToken(file: string | undefined, env: NodeJS.ProcessEnv): TokenCheck | null {
  const held = env[TOKEN_VARIABLE] ?? '';
  delete env[TOKEN_VARIABLE];
  if (file === undefined && held === '') return null;
  const bytes = file === undefined ? Buffer.from(held) : readFile(file);
  try {
    return createCheck(trimmed(bytes), file ?? TOKEN_VARIABLE);
  } finally {
    bytes.fill(0);
  }
}

function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (thrown) {
    throw fileError(thrown, file, 'Name a readable file that contains the token: `code-guardian serve --token-file FILE`');
  }
}

function createCheck(token: Buffer, source: string): TokenCheck {
  if (token.length === 0 || token.length > MAX_BYTES || !SENDABLE.test(token.toString('latin1'))) {
    throw new GuardianError('CONFIG_INVALID', `${source} has no valid bearer token`, {
      hint: 'Use one line of letters, digits and -._~+/. To create one: `openssl rand -hex 32`',
    });
  }
  const key = randomBytes(32);
  const digest = (value: Buffer | string): Buffer => createHmac('sha256', key).update(value).digest();
  const wanted = digest(token);
  return (authorization = '') => {
    const [, sent] = /^bearer +(\S+) *$/i.exec(authorization) ?? [];
    // Digests have equal length, so the comparison reveals nothing about the token.
    return sent !== undefined && timingSafeEqual(digest(sent), wanted);
  };
}

/** The same memory without surrounding whitespace. */
function trimmed(bytes: Buffer): Buffer {
  const isBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
  const start = bytes.findIndex((byte) => !isBlank(byte));
  const end = bytes.findLastIndex((byte) => !isBlank(byte));
  return start < 0 ? bytes.subarray(0, 0) : bytes.subarray(start, end + 1);
}
