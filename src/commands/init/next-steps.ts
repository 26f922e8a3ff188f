import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { HooksHome } from '../../install/hooks-folder.ts';
import type { Plan } from '../../install/plan.ts';

const INSTALL = 'code-guardian install --if-possible';
const MAX_LISTED = 6;

/** Files of the work tree that a plan writes: they are there to be committed. */
export function filesToCommit({ top, commonDir }: HooksHome, { steps }: Plan): string[] {
  const isInside = (folder: string, path: string): boolean => !relative(folder, path).startsWith('..');
  const written = steps.flatMap((step) => (step.kind === 'write' ? [step.path] : []));
  return written.filter((path) => isInside(top!, path) && !isInside(commonDir, path)).map((path) => relative(top!, path));
}

/** What is left for people to do. */
export function nextSteps({ top }: HooksHome, files: readonly string[]): string[] {
  const listed = files.length > MAX_LISTED ? [...files.slice(0, MAX_LISTED), `${files.length - MAX_LISTED} more`] : files;
  const script = readPrepare(top!);
  const steps = [
    ...(files.length > 0 ? [`commit ${listed.join(', ')}`] : []),
    // Where the files of a hook manager are committed, every clone has them.
    ...(script === null || script.includes('code-guardian') || script.includes('husky') ? [] : [wireClones(script)]),
    '`code-guardian doctor` proves that the hooks fire',
  ];
  return ['', 'next:', ...steps.map((step) => `  ${step}`)];
}

function wireClones(script: string): string {
  return script === ''
    ? `\`npm pkg set scripts.prepare="${INSTALL}"\` wires the hooks in every clone`
    : `add \`&& ${INSTALL}\` to the script \`prepare\` in package.json: it wires the hooks in every clone`;
}

/** The script `prepare` of package.json; '' where it has none, null where there is no package.json that can be read. */
function readPrepare(top: string): string | null {
  const file = join(top, 'package.json');
  if (!existsSync(file)) return null;
  try {
    const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { scripts?: Readonly<Record<string, unknown>> };
    const prepare = scripts?.['prepare'];
    return typeof prepare === 'string' ? prepare : '';
  } catch {
    // Its mistakes are npm's to report.
    return null;
  }
}
