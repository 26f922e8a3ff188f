import { createHost } from './host.ts';
import { main } from './main.ts';

/** Runs this process's command line, and ends the process with its exit code. */
export async function start(): Promise<void> {
  process.on('SIGINT', () => process.exit(130));
  process.on('SIGTERM', () => process.exit(143));
  // A git that is still at work must not hold up the answer.
  process.exit(await main(process.argv.slice(2), createHost()));
}
