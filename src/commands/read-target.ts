import type { Host } from '../host/host.ts';
import type { Options } from './options.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import type { Target } from '../run/targets/target.ts';

/**
 * The target of `scan`.
 *
 * @throws GuardianError USAGE for targets or options that exclude each other
 */
export async function readTarget(host: Host, options: Options, paths: readonly string[]): Promise<Target> {
  const named = [
    ...(['staged', 'range', 'all', 'history', 'stdin'] as const).filter((name) => options[name] !== undefined).map((name) => `--${name}`),
    ...(paths.length > 0 ? ['PATH'] : []),
  ];
  if (named.length > 1) {
    throw new GuardianError('USAGE', `${named.join(' and ')} cannot be combined`, { hint: 'Name one target per run.' });
  }
  if (options.stdinFilename !== undefined && options.stdin !== true) {
    throw new GuardianError('USAGE', '--stdin-filename needs --stdin', { hint: 'Add --stdin, or omit --stdin-filename.' });
  }
  if (options.since !== undefined && options.history !== true) {
    throw new GuardianError('USAGE', '--since needs --history', { hint: 'Add --history, or omit --since.' });
  }
  if (paths.length > 0) return { kind: 'paths', paths };
  if (options.range !== undefined) return { kind: 'range', range: options.range };
  if (options.all === true) return { kind: 'all' };
  if (options.history === true) return { kind: 'history', ...(options.since === undefined ? {} : { since: options.since }) };
  if (options.stdin === true) return { kind: 'stdin', path: options.stdinFilename ?? 'stdin', text: await readAll(host.stdin) };
  return { kind: 'staged' };
}

async function readAll(stream: Host['stdin']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks);
}
