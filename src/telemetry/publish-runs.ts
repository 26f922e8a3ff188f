import { readTextOrNull } from '../disk/read-file.ts';
import { replaceFile } from '../disk/replace-file.ts';
import type { Ledger } from './ledger.ts';
import { metricsOf, renderExposition } from './metrics.ts';
import type { Sender } from './otlp/send.ts';
import type { PublishedRun } from './outbox.ts';

/** How a file of ours begins. */
const OURS = '# HELP code_guardian_';

/** Where secrets are that headers need, and who is told of one that is kept badly. */
export interface SecretSource {
  readonly env: NodeJS.ProcessEnv;
  readonly onWarning: (warning: string) => void;
}

/**
 * Writes the metrics of the ledger to the files that the runs name, and sends runs to the receivers that they name.
 *
 * @throws Error of the first that could not be done, when all have been tried
 */
export async function publishRuns(
  runs: readonly PublishedRun[],
  ledger: Ledger,
  sender: Sender,
  { env, onWarning }: SecretSource,
): Promise<void> {
  const files = new Set(runs.map(({ textfile }) => textfile).filter((file) => file !== null));
  const receivers = new Map(runs.filter(({ otlp }) => otlp !== null).map((run) => [receiverOf(run), run]));
  const done = await Promise.allSettled([
    ...[...files].map(async (file) => replaceTextfile(file, await renderExposition(metricsOf(ledger, sender.version)))),
    ...[...receivers].map(async ([receiver, { otlp, otlpHeaders = {} }]) => {
      const { sendOtlp } = await import('./otlp/send.ts');
      const { readSecretHeaders } = await import('./otlp/secret-headers.ts');
      const headers = readSecretHeaders(otlpHeaders, env, onWarning);
      const own = runs.filter((run) => receiverOf(run) === receiver);
      const sent = sendOtlp({ endpoint: otlp!, headers: headers.open }, own, ledger, sender);
      // Of the error only what it says, without the secrets: with `--log-level trace` a cause is shown.
      const failure = await sent.then(
        () => null,
        ({ message }: Error) => headers.hide(message),
      );
      headers.wipe();
      if (failure !== null) throw new Error(failure);
    }),
  ]);
  for (const result of done) if (result.status === 'rejected') throw result.reason;
}

/** Runs that go to the same place with the same headers go together. */
function receiverOf({ otlp, otlpHeaders = {} }: PublishedRun): string {
  return JSON.stringify([otlp, otlpHeaders]);
}

/** node_exporter may read at any moment. A config may name any file: only one of ours is replaced. */
function replaceTextfile(file: string, text: string): void {
  const old = readTextOrNull(file) ?? '';
  if (old !== '' && !old.startsWith(OURS)) throw new Error(`${file} holds something else than our metrics`);
  replaceFile(file, text);
}
