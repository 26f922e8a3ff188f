import type { Finding, Redacted } from '../findings/finding.ts';
import type { FoundValues } from '../findings/found-values.ts';
import type { Config } from '../policy/config.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { type RedactText, redactMarked, createRedactor } from './redact-text.ts';

/**
 * A report without secrets in texts that came from outside: names of files and refs, lines whose own rule did not run, quotes in errors and
 * notices.
 *
 * @param found what the run found, if there was one: hidden everywhere, whatever any rule says about the text
 */
export function redactReport(report: ScanReport, config: Config, found: FoundValues | null = null): ScanReport {
  const { findings, suppressed, skipped, errors, notices, layers, push } = report;
  const isSilent = [findings, suppressed, skipped, errors, notices].every((said) => said.length === 0) && push === undefined;
  // Most reports hold no text that could hold a secret, and neither do the names of usual config files.
  if (isSilent && !layers.some((name) => /[\w-]{16}/.test(name))) return report;
  const byRules = createRedactor(config);
  const redact: RedactText = found === null ? byRules : (text) => byRules(found.hideInName(text));
  const redactOne = <F extends Finding>(finding: F): F => redactFinding(redact, byRules, found, finding);
  return {
    ...report,
    findings: findings.map(redactOne),
    suppressed: suppressed.map(({ reason, ...finding }) => ({
      ...redactOne(finding),
      ...(reason === undefined ? {} : { reason: redact(reason) }),
    })),
    skipped: skipped.map(({ path, reason, detail }) => ({
      path: redact(path),
      reason,
      ...(detail === undefined ? {} : { detail: redact(detail) }),
    })),
    errors: errors.map(({ code, message, hint, path }) => ({
      code,
      message: redact(message),
      hint: redact(hint),
      ...(path === undefined ? {} : { path: redact(path) }),
    })),
    notices: notices.map(redact),
    layers: layers.map(redact),
    ...(push === undefined
      ? {}
      : {
          push: {
            ...push,
            refs: push.refs.map((ref) => ({ ...ref, ref: redact(ref.ref) })),
            places: push.places.map((place) => ({ ...place, ref: redact(place.ref), publishedOn: place.publishedOn.map(redact) })),
            ...(push.skip === undefined ? {} : { skip: { ...push.skip, reason: redact(push.skip.reason) } }),
          },
        }),
  };
}

function redactFinding<F extends Finding>(redact: RedactText, byRules: RedactText, found: FoundValues | null, finding: F): F {
  const { path, pathBytes, excerpt, mark, evidence } = finding;
  const shown = redact(path);
  return {
    ...finding,
    path: shown,
    // The bytes would show what the name hides.
    ...(shown === path || pathBytes === undefined ? {} : { pathBytes: Buffer.from(shown).toString('base64') }),
    message: redact(finding.message),
    ...(evidence === undefined ? {} : { evidence: redact(evidence) }),
    ...(excerpt === undefined || mark === undefined ? {} : redactLine(byRules, found, excerpt, mark)),
  };
}

function redactLine(
  byRules: RedactText,
  found: FoundValues | null,
  excerpt: Redacted,
  [start, end]: readonly [number, number],
): Pick<Finding, 'excerpt' | 'mark'> {
  const hidden = found?.hide(excerpt, true) ?? { text: excerpt, move: (offset: number) => offset };
  const { text, mark } = redactMarked(byRules, hidden.text as Redacted, [hidden.move(start, 'start'), hidden.move(end, 'end')]);
  return { excerpt: text, mark };
}
