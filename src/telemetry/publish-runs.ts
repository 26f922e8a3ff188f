import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Ledger } from './ledger.ts';
import { metricsOf, renderExposition } from './metrics.ts';
import type { Sender } from './otlp/send.ts';
import type { PublishedRun } from './outbox.ts';

/** How a file of ours begins. */
const OURS = '# HELP code_guardian_';

/**
 * Writes the metrics of the ledger to the files that the runs name, and sends runs to the receivers that they name.
 *
 * @throws Error of the first that could not be done, when all have been tried
 */
export async function publishRuns(runs: readonly PublishedRun[], ledger: Ledger, sender: Sender): Promise<void> {
  const files = new Set(runs.map(({ textfile }) => textfile).filter((file) => file !== null));
  const endpoints = new Set(runs.map(({ otlp }) => otlp).filter((endpoint) => endpoint !== null));
  const done = await Promise.allSettled([
    ...[...files].map(async (file) => replaceTextfile(file, await renderExposition(metricsOf(ledger, sender.version)))),
    ...[...endpoints].map(async (endpoint) => {
      const { sendOtlp } = await import('./otlp/send.ts');
      const own = runs.filter(({ otlp }) => otlp === endpoint);
      await sendOtlp(endpoint, own, ledger, sender);
    }),
  ]);
  for (const result of done) if (result.status === 'rejected') throw result.reason;
}

/** node_exporter may read at any moment. A config may name any file: only one of ours is replaced. */
function replaceTextfile(file: string, text: string): void {
  const old = readIfThere(file);
  if (old !== '' && !old.startsWith(OURS)) throw new Error(`${file} holds something else than our metrics`);
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw thrown;
  }
}
