import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Host } from '../../host/host.ts';
import { mayHoldComments, USUAL_MESSAGE_SETTINGS, withoutComments } from '../../diff/commit-message.ts';
import { fileError } from '../../errors/guardian-error.ts';
import type { GitClient } from '../../git/client.ts';
import { readMessageSettings } from '../../git/read-message-settings.ts';

/** Git sets this for its hooks if it opens no editor. */
const NO_EDITOR = ':';

/**
 * The message of a commit, as git will read it from its file.
 *
 * @throws GuardianError FILE_SYSTEM or PERMISSION_DENIED
 */
export async function askMessage({ cwd, env }: Host, git: GitClient, file: string): Promise<Buffer> {
  const text = readMessage(resolve(cwd, file), file);
  const settings = mayHoldComments(text) ? await readMessageSettings(git) : USUAL_MESSAGE_SETTINGS;
  return withoutComments(text, settings, env['GIT_EDITOR'] !== NO_EDITOR);
}

function readMessage(path: string, typed: string): Buffer {
  try {
    return readFileSync(path);
  } catch (thrown) {
    throw fileError(thrown, typed, 'Pass the file that git passes to the hook: `code-guardian hook commit-msg "$1"`.');
  }
}
