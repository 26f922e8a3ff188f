import { createHost } from '../host/host.ts';
import { main, tellFailure } from './main.ts';

/** Runs the command line of this process and exits with its code. */
export async function start(): Promise<void> {
  process.on('SIGINT', () => process.exit(130));
  process.on('SIGTERM', () => process.exit(143));
  const host = createHost();
  // Node would exit with 1, which means a blocking finding.
  process.on('uncaughtException', (thrown) => void tellFailure(thrown, host).then((code) => process.exit(code)));
  // Do not wait for a git process that is still running.
  process.exit(await main(process.argv.slice(2), host));
}
