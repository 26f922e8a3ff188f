import { readSecret } from '../read-secret.ts';

/** Headers with secrets, kept only while something is sent. */
export interface SecretHeaders {
  /** As strings, which cannot be wiped: created for each request. */
  readonly open: () => Promise<Record<string, string>>;
  /** Removes the secrets from a text: a receiver may echo them. */
  readonly hide: (text: string) => string;
  readonly wipe: () => void;
}

/**
 * @param references header → reference, of `monitoring.otlpHeaders`
 * @throws Error that names the reference without a value
 */
export function readSecretHeaders(
  references: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
  onWarning: (warning: string) => void,
): SecretHeaders {
  const held = new Map<string, Buffer>();
  const wipe = (): void => held.forEach((bytes) => bytes.fill(0));
  try {
    for (const [header, reference] of Object.entries(references)) {
      const { bytes, warning } = readSecret(reference, env);
      held.set(header, bytes);
      if (warning !== null) onWarning(warning);
    }
  } catch (thrown) {
    wipe();
    throw thrown;
  }
  return {
    open: async () => Object.fromEntries([...held].map(([header, bytes]) => [header, bytes.toString('latin1')])),
    hide: (text) => [...held.values()].reduce((shown, bytes) => hideIn(shown, bytes.toString('latin1')), text),
    wipe,
  };
}

/** Including the scheme before a token: `Bearer …`. */
function hideIn(text: string, secret: string): string {
  const token = secret.slice(secret.lastIndexOf(' ') + 1);
  return [secret, token].filter((value) => value !== '').reduce((shown, value) => shown.replaceAll(value, '…'), text);
}
