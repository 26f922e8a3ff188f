import { closeSync, constants, openSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileError } from '../errors/guardian-error.ts';
import { bytesOf, type Content } from './batches.ts';
import { replaceFile } from './replace-file.ts';
import { writeWhole } from './write-whole.ts';

/** Names of our own descriptors. They are written to even if a regular file is behind them: the shell that opened it keeps writing to it. */
const DESCRIPTOR = /^(?:\/dev|\/proc\/self)\/fd\/(\d+)$/;
const STANDARD: Readonly<Record<string, number>> = { '/dev/stdout': 1, '/dev/stderr': 2 };

/** Linux follows as many links. */
const MAX_LINKS = 40;

/**
 * Writes to what the user named (`--output`): a regular file is replaced whole, a link is followed, and anything else (device, FIFO,
 * `/dev/stdout`) is written to.
 *
 * @throws GuardianError FILE_SYSTEM or PERMISSION_DENIED
 */
export function writeOutput(path: string, content: Content): void {
  try {
    const target = followLinks(path);
    const stat = typeof target === 'number' ? undefined : statSync(target, { throwIfNoEntry: false });
    if (typeof target === 'number') writeBatches(target, content);
    else if (stat === undefined || stat.isFile()) replaceFile(target, content);
    else writeTo(target, content);
  } catch (thrown) {
    throw fileError(thrown, path, 'Name a file in a folder that exists and can be written to.');
  }
}

/** Never creates or truncates: if something else replaced the device meanwhile, nothing is lost. */
function writeTo(path: string, content: Content): void {
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_APPEND);
  try {
    writeBatches(descriptor, content);
  } finally {
    closeSync(descriptor);
  }
}

function writeBatches(descriptor: number, content: Content): void {
  for (const bytes of bytesOf(content)) writeWhole(descriptor, bytes);
}

/** The path at the end of all links, whether or not something is there; a number: a descriptor of this process. */
function followLinks(path: string): string | number {
  let target = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    const descriptor = DESCRIPTOR.exec(target)?.[1] ?? STANDARD[target];
    if (descriptor !== undefined) return Number(descriptor);
    const next = linkOf(target);
    if (next === null) return target;
    // A link's path starts in the folder that the link is really in.
    target = resolve(realpathSync(dirname(target)), next);
  }
  return target;
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (thrown) {
    if (['EINVAL', 'ENOENT', 'UNKNOWN'].includes((thrown as NodeJS.ErrnoException).code ?? '')) return null;
    throw thrown;
  }
}
