import type { Run } from './command.ts';
import { asGuardianError, GuardianError } from '../errors/guardian-error.ts';
import { openGit } from '../git/client.ts';
import { readRepository } from '../git/repository.ts';
import { isLoopback, readAddress } from '../serve/address.ts';
import { openServer } from '../serve/open-server.ts';
import type { Access } from '../serve/site.ts';
import { readToken, TOKEN_VARIABLE } from '../serve/token.ts';
import { untilStopped } from '../serve/until-stopped.ts';
import { createPaths } from './serve/create-paths.ts';
import { openLog } from './serve/open-log.ts';
import { readLogging } from './serve/load-config.ts';
import { createReadiness } from './serve/readiness.ts';
import { watchChecks } from './serve/watch-checks.ts';

/** Milliseconds that requests have to finish when the service is told to stop. */
const GRACE = 10_000;

/** `code-guardian serve`: readiness, metrics and a page of the ledger over HTTP, until a signal ends it. */
export const run: Run = async ({ host, options }) => {
  const address = await readAddress(options.host ?? '127.0.0.1', options.port ?? '9477');
  const hasToken = readToken(options.tokenFile, host.env);
  if (hasToken === null && !isLoopback(address.ip)) {
    throw new GuardianError('USAGE', `${address.ip} can be reached from other machines, so a token is needed`, {
      hint: `Name a file that holds one with \`--token-file FILE\`, or set ${TOKEN_VARIABLE}.`,
    });
  }
  const repository = await readRepository(openGit(host.cwd, host.env));
  const log = openLog(host, await readLogging(host, options, repository));
  const onFailed = (thrown: unknown): void => log('error', asGuardianError(thrown).message, { code: asGuardianError(thrown).code });
  const onAnswered = ({ method, path, status, duration, client, traceparent }: Access): void =>
    log('debug', 'request', { method, path, status, client, duration_ms: Math.round(duration * 10) / 10 }, traceparent);

  const paths = createPaths(host, repository, watchChecks(createReadiness(host, options, repository), log));
  // All code that an answer needs is loaded before the first: a release that is put in place of this one meanwhile must not mix with it.
  for (const answer of Object.values(paths)) await answer(undefined).catch(onFailed);
  const server = await openServer(address, { paths, hasToken, onAnswered, onFailed });
  host.stderr.write(`listening on ${server.url}\n`);
  return untilStopped(server, GRACE);
};
