import { createScanner } from '../engine/scanner.ts';
import type { Redacted } from '../findings/finding.ts';
import { redactValue } from '../findings/redact.ts';
import { type Config, DEFAULT_CONFIG } from '../policy/config.ts';
import { compilePolicy } from '../policy/policy.ts';

/** Hides in a text what is a secret by any rule, whatever the policy says of that rule. */
export type RedactText = (text: string) => string;

/** Before the host of a URL: user and password, whatever they look like. */
const CREDENTIALS = /(?<=[a-z]:\/\/)[^/@\s]+(?=@)/gi;

/**
 * For what is written of names, messages and settings, which nobody has scanned: file and branch names, what git says, values of a config.
 *
 * @param customRules those of the config, where it is known
 */
export function createRedactor({ customRules, performance }: Pick<Config, 'customRules' | 'performance'> = DEFAULT_CONFIG): RedactText {
  const { contentRules } = compilePolicy({ ...DEFAULT_CONFIG, customRules }, { only: [], skip: [] });
  // A rule that fails is reported where it scans. At the time 0 nothing has expired, so an expired token is redacted, too.
  const scanner = createScanner(contentRules, { ruleTimeout: performance.ruleTimeout, now: 0, onFailure: () => undefined });
  return (text) => {
    const bytes = Buffer.from(text);
    const matches = scanner.scan({ bytes, path: '', isActive: ({ category }) => category === 'secret' });
    let shown = '';
    let at = 0;
    for (const { start, end, value, rule } of matches) {
      if (end <= at) continue;
      shown += bytes.toString('utf8', at, Math.max(at, start)) + (start >= at ? redactValue(value, rule.keywords) : '');
      at = end;
    }
    return (shown + bytes.toString('utf8', at)).replace(CREDENTIALS, '…');
  };
}

/** The same for a line of which a stretch is marked. */
export function redactMarked(
  redact: RedactText,
  text: Redacted,
  [start, end]: readonly [number, number],
): { readonly text: Redacted; readonly mark: readonly [number, number] } {
  const whole = redact(text);
  if (whole === text) return { text, mark: [start, end] };
  const before = redact(text.slice(0, start)).length;
  const mark = redact(text.slice(start, end)).length;
  // What is hidden may begin before the stretch, and end in it.
  return { text: whole as Redacted, mark: [Math.min(before, whole.length), Math.min(before + Math.max(mark, 1), whole.length)] };
}
