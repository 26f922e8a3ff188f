import { readTextOrNull } from '../disk/read-file.ts';
import { replaceFile } from '../disk/replace-file.ts';
import type { Ledger } from './ledger.ts';
import { metricsOf, renderExposition } from './metrics.ts';
import type { Sender } from './otlp/send.ts';
import type { PublishedRun } from './outbox.ts';

/** The start of our metrics file. */
const OURS = '# HELP code_guardian_';

/** Environment for the secrets of headers, and the callback for warnings about them. */
export interface SecretSource {
  readonly env: NodeJS.ProcessEnv;
  readonly onWarning: (warning: string) => void;
}

/**
 * Writes the metrics of the ledger to the files, and sends the runs to the receivers, that the runs name.
 *
 * @throws Error of the first failure, after all have been tried
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
      // Keep only the redacted message: `--log-level trace` would print a cause.
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

/** Groups runs by receiver and headers. */
function receiverOf({ otlp, otlpHeaders = {} }: PublishedRun): string {
  return JSON.stringify([otlp, otlpHeaders]);
}

/** Atomic, because node_exporter may read at any time. A config may name any file, so replace only our own. */
function replaceTextfile(file: string, text: string): void {
  const old = readTextOrNull(file) ?? '';
  if (old !== '' && !old.startsWith(OURS)) throw new Error(`${file} is not a metrics file of code-guardian`);
  replaceFile(file, text);
}
