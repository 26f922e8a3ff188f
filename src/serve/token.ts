import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileError, GuardianError } from '../errors/guardian-error.ts';

/** The variable that holds the token where no file does. */
export const TOKEN_VARIABLE = 'CODE_GUARDIAN_SERVE_TOKEN';

const MAX_BYTES = 4096;
/** What can stand behind `Bearer`: https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
const SENDABLE = /^[\w.~+/-]+=*$/;

/** Does an `Authorization` header carry the token? */
export type TokenCheck = (authorization: string | undefined) => boolean;

/**
 * Takes the token from a file, or from its variable, which is then taken out of the environment: no program that we start gets it. Of the
 * token itself only a keyed hash stays in memory.
 *
 * @returns null where none is set
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
    throw fileError(thrown, file, 'Name a file that holds the token and that the service may read: `--token-file FILE`.');
  }
}

function createCheck(token: Buffer, source: string): TokenCheck {
  if (token.length === 0 || token.length > MAX_BYTES || !SENDABLE.test(token.toString('latin1'))) {
    throw new GuardianError('CONFIG_INVALID', `${source} holds no token that a client could send`, {
      hint: 'One line of letters, digits and -._~+/ is needed: `openssl rand -hex 32` makes one.',
    });
  }
  const key = randomBytes(32);
  const digest = (value: Buffer | string): Buffer => createHmac('sha256', key).update(value).digest();
  const wanted = digest(token);
  return (authorization = '') => {
    const [, sent] = /^bearer +(\S+) *$/i.exec(authorization) ?? [];
    // Digests have one length, so comparing them tells nothing of how much was right.
    return sent !== undefined && timingSafeEqual(digest(sent), wanted);
  };
}

/** The same memory without blanks and line ends around it. */
function trimmed(bytes: Buffer): Buffer {
  const isBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
  const start = bytes.findIndex((byte) => !isBlank(byte));
  const end = bytes.findLastIndex((byte) => !isBlank(byte));
  return start < 0 ? bytes.subarray(0, 0) : bytes.subarray(start, end + 1);
}
