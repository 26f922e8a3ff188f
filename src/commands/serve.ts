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
import { openNotices } from '../run/notices.ts';

/** Milliseconds for open requests when the service stops. */
const GRACE = 10_000;

/** `code-guardian serve`: readiness, metrics and a status page over HTTP, until a signal stops it. */
export const run: Run = async ({ host, options }) => {
  const address = await readAddress(options.host ?? '127.0.0.1', options.port ?? '9477');
  const hasToken = readToken(options.tokenFile, host.env);
  if (hasToken === null && !isLoopback(address.ip)) {
    throw new GuardianError('USAGE', `${address.ip} is reachable from other machines, so a token is required`, {
      hint: `Set ${TOKEN_VARIABLE}, or name a file with the token: \`code-guardian serve --token-file FILE\``,
    });
  }
  const repository = await readRepository(openGit(host.cwd, host.env));
  const log = openLog(host, await readLogging(host, options, repository));
  const onFailed = (thrown: unknown): void => log('error', asGuardianError(thrown).message, { code: asGuardianError(thrown).code });
  const onAnswered = ({ method, path, status, duration, client, traceparent }: Access): void =>
    log('debug', 'request', { method, path, status, client, duration_ms: Math.round(duration * 10) / 10 }, traceparent);

  const paths = createPaths(host, repository, watchChecks(createReadiness(host, options, repository), log));
  // Load all code before the first request: an update of the package must not mix two releases.
  for (const answer of Object.values(paths)) await answer(undefined).catch(onFailed);
  const server = await openServer(address, { paths, hasToken, onAnswered, onFailed });
  (await openNotices(host)).info(`listening on ${server.url}`);
  return untilStopped(server, GRACE);
};
