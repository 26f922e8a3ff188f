import { createScanner } from '../engine/scanner.ts';
import type { Redacted } from '../findings/finding.ts';
import { redactValue } from '../findings/redact.ts';
import { type Config, DEFAULT_CONFIG } from '../policy/config.ts';
import { compilePolicy } from '../policy/policy.ts';

/** Hides what any rule takes for a secret, even a rule that the policy switches off. */
export type RedactText = (text: string) => string;

/** Letters and digits around a redacted value that may be a value of their own. */
const LEAST_LEFT = 6;

/** User and password before the host of a URL, whatever they look like. */
const CREDENTIALS = /(?<=[a-z]:\/\/)[^/@\s]+(?=@)/gi;

/**
 * For texts that no run has scanned: file and branch names, git's messages, values of a config.
 *
 * @param customRules those of the config, if it is known
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
      if (end <= at || isRedacted(bytes.toString('utf8', start, end))) continue;
      shown += bytes.toString('utf8', at, Math.max(at, start)) + (start >= at ? redactValue(value, rule.keywords) : '');
      at = end;
    }
    return (shown + bytes.toString('utf8', at)).replace(CREDENTIALS, '…');
  };
}

/** Was this redacted already? A rule may take what is left of a value, and its quotes, for another one. */
function isRedacted(text: string): boolean {
  const rest = text.replaceAll(/[\w-]{0,16}…\[\d+\]/g, '');
  return rest !== text && rest.replaceAll(/\W/g, '').length < LEAST_LEFT;
}

/** The same for a line with a marked stretch. */
export function redactMarked(
  redact: RedactText,
  text: Redacted,
  [start, end]: readonly [number, number],
): { readonly text: Redacted; readonly mark: readonly [number, number] } {
  const whole = redact(text);
  if (whole === text) return { text, mark: [start, end] };
  const before = redact(text.slice(0, start)).length;
  const mark = redact(text.slice(start, end)).length;
  // A hidden value may begin before the stretch and end in it.
  return { text: whole as Redacted, mark: [Math.min(before, whole.length), Math.min(before + Math.max(mark, 1), whole.length)] };
}
