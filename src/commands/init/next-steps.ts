import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { HooksHome } from '../../install/hooks-folder.ts';
import type { Plan } from '../../install/plan.ts';

const INSTALL = 'code-guardian install --if-possible';
const MAX_LISTED = 6;

/** Files in the work tree that a plan writes and that should be committed. */
export function filesToCommit({ top, commonDir }: HooksHome, { steps }: Plan): string[] {
  const isInside = (folder: string, path: string): boolean => !relative(folder, path).startsWith('..');
  const written = steps.flatMap((step) => (step.kind === 'write' ? [step.path] : []));
  return written.filter((path) => isInside(top!, path) && !isInside(commonDir, path)).map((path) => relative(top!, path));
}

/** What the user does next. */
export function nextSteps({ top }: HooksHome, files: readonly string[]): string[] {
  const listed = files.length > MAX_LISTED ? [...files.slice(0, MAX_LISTED), `${files.length - MAX_LISTED} more`] : files;
  const script = readPrepare(top!);
  const steps = [
    ...(files.length > 0 ? [`Commit ${listed.join(', ')}`] : []),
    // Files of a hook manager are committed, so every clone has them.
    ...(script === null || script.includes('code-guardian') || script.includes('husky') ? [] : [wireClones(script)]),
    'To check that the hooks work: `code-guardian doctor`',
  ];
  return ['', 'Next steps:', ...steps.map((step) => `  ${step}`)];
}

function wireClones(script: string): string {
  return script === ''
    ? `To install the hooks in every clone: \`npm pkg set scripts.prepare="${INSTALL}"\``
    : `To install the hooks in every clone, add \`&& ${INSTALL}\` to the script \`prepare\` in package.json`;
}

/** The script `prepare` of package.json; '' if it has none, null without a readable package.json. */
function readPrepare(top: string): string | null {
  const file = join(top, 'package.json');
  if (!existsSync(file)) return null;
  try {
    const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { scripts?: Readonly<Record<string, unknown>> };
    const prepare = scripts?.['prepare'];
    return typeof prepare === 'string' ? prepare : '';
  } catch {
    // npm reports a broken package.json.
    return null;
  }
}
