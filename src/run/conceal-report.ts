import type { Finding } from '../findings/finding.ts';
import type { Config } from '../policy/config.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { type Conceal, concealMarked, createConceal } from './conceal.ts';

/**
 * A report in which nothing that came from outside holds a secret: names of files and refs, lines whose own rule was not run, what errors and
 * notices quote.
 */
export function concealReport(report: ScanReport, config: Config): ScanReport {
  const { findings, suppressed, skipped, errors, notices, layers, push } = report;
  const isSilent = [findings, suppressed, skipped, errors, notices].every((said) => said.length === 0) && push === undefined;
  // Most commits say nothing that could hold one: neither do the names of usual config files.
  if (isSilent && !layers.some((name) => /[\w-]{16}/.test(name))) return report;
  const conceal = createConceal(config);
  return {
    ...report,
    findings: findings.map((finding) => concealFinding(conceal, finding)),
    suppressed: suppressed.map(({ reason, ...finding }) => ({
      ...concealFinding(conceal, finding),
      ...(reason === undefined ? {} : { reason: conceal(reason) }),
    })),
    skipped: skipped.map(({ path, reason, detail }) => ({
      path: conceal(path),
      reason,
      ...(detail === undefined ? {} : { detail: conceal(detail) }),
    })),
    errors: errors.map(({ code, message, hint, path }) => ({
      code,
      message: conceal(message),
      hint: conceal(hint),
      ...(path === undefined ? {} : { path: conceal(path) }),
    })),
    notices: notices.map(conceal),
    layers: layers.map(conceal),
    ...(push === undefined
      ? {}
      : {
          push: {
            ...push,
            refs: push.refs.map((ref) => ({ ...ref, ref: conceal(ref.ref) })),
            places: push.places.map((place) => ({ ...place, ref: conceal(place.ref), publishedOn: place.publishedOn.map(conceal) })),
            ...(push.skip === undefined ? {} : { skip: { ...push.skip, reason: conceal(push.skip.reason) } }),
          },
        }),
  };
}

function concealFinding<F extends Finding>(conceal: Conceal, finding: F): F {
  const { path, pathBytes, excerpt, mark } = finding;
  const shown = conceal(path);
  return {
    ...finding,
    path: shown,
    // The bytes would tell what the name does not.
    ...(shown === path || pathBytes === undefined ? {} : { pathBytes: Buffer.from(shown).toString('base64') }),
    message: conceal(finding.message),
    ...(excerpt === undefined || mark === undefined ? {} : shownLine(concealMarked(conceal, excerpt, mark))),
  };
}

function shownLine({ text, mark }: ReturnType<typeof concealMarked>): Pick<Finding, 'excerpt' | 'mark'> {
  return { excerpt: text, mark };
}
