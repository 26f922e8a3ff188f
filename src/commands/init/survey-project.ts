import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openGit } from '../../git/client.ts';
import { readWorkTreeNames } from '../../git/read-names.ts';
import { manifestsIn, type Proposal, proposePresets } from '../../policy/propose-presets.ts';

/** Enough, even for a monorepo. */
const MAX_MANIFESTS = 50;

/** Proposes presets from the files of a work tree. */
export async function surveyProject(top: string, env: NodeJS.ProcessEnv): Promise<Proposal[]> {
  const names = (await readWorkTreeNames(openGit(top, env), [':/'])).map((name) => name.toString());
  const texts = manifestsIn(names)
    .slice(0, MAX_MANIFESTS)
    .map((name) => [name, readText(join(top, name))] as const);
  return proposePresets(names, new Map(texts));
}

/** A file that cannot be read, or that is deleted but still in the index, counts as empty. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
