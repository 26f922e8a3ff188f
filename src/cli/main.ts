import { asGuardianError } from '../errors/guardian-error.ts';
import { tellError } from '../run/tell-error.ts';
import { VERSION } from '../host/version.ts';
import { EXIT } from '../errors/exit-codes.ts';
import type { Host } from '../host/host.ts';
import { parseArguments } from './parse-arguments.ts';

/**
 * Runs a command line to its exit code. The only place that turns an error into one.
 *
 * @param argv without node and script
 */
export async function main(argv: readonly string[], host: Host): Promise<number> {
  try {
    const request = parseArguments(argv);
    switch (request.kind) {
      case 'version':
        host.stdout.write(`${VERSION}\n`);
        return EXIT.ok;
      case 'help': {
        const { renderHelp } = await import('./render-help.ts');
        const { isTTY, columns } = host.stdout;
        // A terminal that does not know its size says 0.
        host.stdout.write(renderHelp(request.topic, { columns: isTTY ? columns || 80 : undefined, program: host.program }));
        return EXIT.ok;
      }
      case 'command': {
        const run = await request.command.load();
        return await run({ host, options: request.options, args: request.args });
      }
    }
  } catch (thrown) {
    return tellFailure(thrown, host);
  }
}

/** @returns the exit code */
export async function tellFailure(thrown: unknown, host: Host): Promise<number> {
  await tellError(asGuardianError(thrown), host);
  return EXIT.failed;
}
