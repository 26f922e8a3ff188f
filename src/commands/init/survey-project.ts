import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openGit } from '../../git/client.ts';
import { readWorkTreeNames } from '../../git/read-names.ts';
import { manifestsIn, type Proposal, proposePresets } from '../../policy/propose-presets.ts';

/** In a monorepo the first few say enough. */
const MAX_MANIFESTS = 50;

/** Looks at the files of a work tree, and proposes presets for it. */
export async function surveyProject(top: string, env: NodeJS.ProcessEnv): Promise<Proposal[]> {
  const names = (await readWorkTreeNames(openGit(top, env), [':/'])).map((name) => name.toString());
  const texts = manifestsIn(names)
    .slice(0, MAX_MANIFESTS)
    .map((name) => [name, readText(join(top, name))] as const);
  return proposePresets(names, new Map(texts));
}

/** What cannot be read, or was deleted and is still in the index, says nothing. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
