import type { Host } from '../../host/host.ts';
import type { Prompt } from '../../host/prompt.ts';
import { visible } from '../../findings/redact.ts';
import { count } from '../../report/text-layout.ts';
import { runScan } from '../../run/run-scan.ts';
import { create, update } from '../baseline.ts';
import { askYes } from './choices.ts';

const REASON = 'before Code-Guardian';

/** Reports what is in the tracked files already, and accepts it if the user agrees. */
export async function lookAtFindings(host: Host, prompt: Prompt | null, say: (line: string) => void): Promise<void> {
  const { report, baseline, loaded } = await runScan({ host, options: {}, target: { kind: 'all' }, hook: null });
  const found = report.findings.filter(({ outcome }) => outcome !== 'note');
  const blocking = found.filter(({ outcome }) => outcome === 'block').length;
  const gaps = report.errors.length > 0 || report.coverage.files.expected !== report.coverage.files.scanned;
  if (gaps) say('findings: some files could not be scanned. To see which: `code-guardian scan --all`');
  if (found.length === 0) {
    say(`findings: none in ${count(report.coverage.files.scanned, 'tracked file')}`);
    return;
  }
  const verb = baseline === null ? 'create' : 'update';
  say(
    `findings: ${found.length} in the tracked files${blocking === 0 ? '' : `, ${blocking} of them blocking`}. Hooks scan only new lines.`,
  );
  say('  To see them: `code-guardian scan --all`');
  say(`  To accept them: \`code-guardian baseline ${verb} --reason "${REASON}"\``);
  const isAccepted =
    prompt === null ? false : await askYes(prompt, `Accept all of them now, in ${visible(loaded.config.baseline)}?`, false);
  if (isAccepted === true) await (baseline === null ? create : update)({ host, options: { reason: REASON }, args: [] });
}
