import { GuardianError } from '../errors/guardian-error.ts';
import type { StageResult } from '../findings/stage-result.ts';
import { isTree } from '../policy/merge-config.ts';
import type { Severity } from '../engine/rule.ts';
import { cleanRule, cleanText, cleanUrl } from './clean-text.ts';
import { readLockLines } from './lock-lines.ts';

const SEVERITIES: Readonly<Record<string, Severity>> = { critical: 'critical', high: 'high', moderate: 'medium', low: 'low', info: 'info' };

/**
 * Reads `npm audit --json` (report version 2): one result for each advisory and each place of the package in the lock file.
 *
 * @param lock the lock file's own text
 * @param path of the lock file
 * @throws GuardianError DETECTOR_FAILED where npm could not ask, or says something else
 */
export function parseNpmAudit(text: string, lock: string, path: string, severity: Severity | null): StageResult[] {
  const report = parseReport(text);
  const lines = readLockLines(lock);
  return Object.values(report).flatMap((entry) => {
    if (!isTree(entry)) return [];
    const name = cleanText(entry['name'], 200);
    const nodes = (Array.isArray(entry['nodes']) ? entry['nodes'] : []).filter((node) => typeof node === 'string');
    // A plain name is a dependency on something vulnerable, which has its own entry.
    const advisories = (Array.isArray(entry['via']) ? entry['via'] : []).filter(isTree);
    return advisories.flatMap((advisory) =>
      (nodes.length === 0 ? [''] : nodes).map((node): StageResult => {
        // The project itself has an empty name.
        const place = node === '' ? undefined : lines.get(node);
        const range = cleanText(advisory['range'], 100);
        const own = SEVERITIES[String(advisory['severity'])] ?? 'medium';
        return {
          rule: cleanRule(/GHSA(?:-\w{4}){3}/.exec(String(advisory['url']))?.[0] ?? advisory['source']),
          severity: severity ?? own,
          path,
          region:
            place === undefined
              ? null
              : { kind: 'lines', startLine: place.startLine, endLine: place.endLine, startColumn: null, endColumn: null, unit: 'utf16' },
          isUnplaced: place === undefined,
          message: cleanText(`${name} ${place?.version ?? ''}: ${cleanText(advisory['title'])}`.replace(' :', ':')),
          why: `An advisory affects ${name} ${range}`.trim() + '.',
          advice: adviceFor(name, entry['fixAvailable']),
          docs: cleanUrl(advisory['url']),
          suppression: null,
        };
      }),
    );
  });
}

function parseReport(text: string): Readonly<Record<string, unknown>> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw failed('its output is not valid JSON');
  }
  if (!isTree(document)) throw failed('its output is not a report');
  const { error, message, vulnerabilities } = document;
  if (isTree(error) || typeof message === 'string') {
    const told = isTree(error) ? [error['code'], error['summary']] : [];
    throw failed(cleanText([...told, message].filter((part) => typeof part === 'string' && part !== '').join(': '), 200));
  }
  if (!isTree(vulnerabilities)) throw failed('its report has no `vulnerabilities`: it needs npm 7 or later');
  return vulnerabilities;
}

function failed(why: string): GuardianError {
  return new GuardianError('DETECTOR_FAILED', `npm audit failed: ${why}`, {
    hint: 'Run `npm audit` by hand, and check that the registry is reachable.',
  });
}

function adviceFor(name: string, fix: unknown): string {
  if (isTree(fix)) {
    const target = `${cleanText(fix['name'], 100)}@${cleanText(fix['version'], 50)}`;
    return `Update to ${target}${fix['isSemVerMajor'] === true ? ', a new major version' : ''}.`;
  }
  return fix === true
    ? `Run \`npm audit fix\`: it installs an unaffected version of ${name}.`
    : `No unaffected version of ${name} is known yet.`;
}
