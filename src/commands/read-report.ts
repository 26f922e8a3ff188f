import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Host } from '../host/host.ts';
import { decodeText } from '../engine/decode.ts';
import { fileError, GuardianError } from '../errors/guardian-error.ts';
import type { Finding, Redacted } from '../findings/finding.ts';
import { DEFAULT_CONFIG } from '../policy/config.ts';
import { parseReport } from '../report/parse-report.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { type RedactText, createRedactor } from '../run/redact-text.ts';
import { redactReport } from '../run/redact-report.ts';

/** Bytes of a report. Enough for some hundred thousand findings. */
const MAX_SIZE = 200 << 20;
const CHUNK = 1 << 20;

/**
 * Reads JSON reports; `-` is standard input. Secrets that a report should not contain are redacted again.
 *
 * @throws GuardianError that names the file that is missing, too large, or not a report
 */
export async function readReports(host: Host, names: readonly string[]): Promise<ScanReport[]> {
  if (names.filter((name) => name === '-').length > 1) {
    throw new GuardianError('USAGE', '`-` (standard input) can be given only once', { hint: 'Name files for the other reports.' });
  }
  const redact = remembering(createRedactor());
  const reports: ScanReport[] = [];
  for (const name of names) {
    const bytes = name === '-' ? await readInput(host.stdin) : readFile(resolve(host.cwd, name), name);
    // A shell's `>` may have written UTF-16.
    const report = parseReport(decodeText(bytes).bytes.toString('utf8'), name === '-' ? 'standard input' : name);
    reports.push(withoutValues(report, redact));
  }
  return reports;
}

function withoutValues(report: ScanReport, redact: RedactText): ScanReport {
  const cover = <F extends Finding>(finding: F): F => ({
    ...finding,
    ...(finding.secret === undefined ? {} : { secret: redact(finding.secret) as Redacted }),
    ...(finding.evidence === undefined ? {} : { evidence: redact(finding.evidence) }),
    advice: redact(finding.advice),
    docs: redact(finding.docs),
  });
  return redactReport({ ...report, findings: report.findings.map(cover), suppressed: report.suppressed.map(cover) }, DEFAULT_CONFIG);
}

/** Remembers results: most findings have the same texts. */
function remembering(redact: RedactText): RedactText {
  const known = new Map<string, string>();
  return (text) => {
    const said = known.get(text) ?? redact(text);
    known.set(text, said);
    return said;
  };
}

/** A pipe (`<(…)`) has no size, so read until the limit. */
function readFile(path: string, name: string): Buffer {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const chunks: Buffer[] = [];
      const chunk = Buffer.alloc(CHUNK);
      for (let size = 0; ;) {
        const length = readSync(descriptor, chunk);
        if (length === 0) return Buffer.concat(chunks);
        checkSize((size += length), name);
        chunks.push(Buffer.from(chunk.subarray(0, length)));
      }
    } finally {
      closeSync(descriptor);
    }
  } catch (thrown) {
    if (thrown instanceof GuardianError) throw thrown;
    const { code, message, hint } = fileError(thrown, name, 'Name a readable JSON report.');
    throw new GuardianError(code, message.includes(name) ? message : `${name}: ${message}`, { hint, path: name, cause: thrown });
  }
}

async function readInput(stdin: Host['stdin']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    checkSize((size += (chunk as Buffer).length), 'standard input');
    chunks.push(Buffer.from(chunk as Buffer));
  }
  return Buffer.concat(chunks);
}

function checkSize(size: number, name: string): void {
  if (size <= MAX_SIZE) return;
  throw new GuardianError('INPUT_INVALID', `${name}: larger than ${MAX_SIZE >> 20} MiB`, {
    hint: 'Use reports of smaller runs.',
    path: name,
  });
}
