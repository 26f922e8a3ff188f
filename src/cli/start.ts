import { createHost } from '../host/host.ts';
import { main, tellFailure } from './main.ts';

/** Runs this process's command line, and ends the process with its exit code. */
export async function start(): Promise<void> {
  process.on('SIGINT', () => process.exit(130));
  process.on('SIGTERM', () => process.exit(143));
  const host = createHost();
  // Node would end with 1, as if something had been found.
  process.on('uncaughtException', (thrown) => void tellFailure(thrown, host).then((code) => process.exit(code)));
  // A git that is still at work must not hold up the answer.
  process.exit(await main(process.argv.slice(2), host));
}
