import type { Finding } from '../findings/finding.ts';
import type { Config } from '../policy/config.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { type RedactText, redactMarked, createRedactor } from './redact-text.ts';

/**
 * A report without secrets in texts that came from outside: names of files and refs, lines whose own rule did not run, quotes in errors and
 * notices.
 */
export function redactReport(report: ScanReport, config: Config): ScanReport {
  const { findings, suppressed, skipped, errors, notices, layers, push } = report;
  const isSilent = [findings, suppressed, skipped, errors, notices].every((said) => said.length === 0) && push === undefined;
  // Most reports hold no text that could hold a secret, and neither do the names of usual config files.
  if (isSilent && !layers.some((name) => /[\w-]{16}/.test(name))) return report;
  const redact = createRedactor(config);
  return {
    ...report,
    findings: findings.map((finding) => redactFinding(redact, finding)),
    suppressed: suppressed.map(({ reason, ...finding }) => ({
      ...redactFinding(redact, finding),
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

function redactFinding<F extends Finding>(redact: RedactText, finding: F): F {
  const { path, pathBytes, excerpt, mark } = finding;
  const shown = redact(path);
  return {
    ...finding,
    path: shown,
    // The bytes would show what the name hides.
    ...(shown === path || pathBytes === undefined ? {} : { pathBytes: Buffer.from(shown).toString('base64') }),
    message: redact(finding.message),
    ...(excerpt === undefined || mark === undefined ? {} : shownLine(redactMarked(redact, excerpt, mark))),
  };
}

function shownLine({ text, mark }: ReturnType<typeof redactMarked>): Pick<Finding, 'excerpt' | 'mark'> {
  return { excerpt: text, mark };
}
