import { type MessageSettings, USUAL_MESSAGE_SETTINGS } from '../diff/commit-message.ts';
import type { GitClient } from './client.ts';

/** The config for comments in messages; the last value of a key counts. */
export async function readMessageSettings(git: GitClient): Promise<MessageSettings> {
  const out = await git.read(['config', '--null', '--list']);
  let { comment, cleanup, isVerbose } = USUAL_MESSAGE_SETTINGS;
  for (const entry of out.toString().split('\0')) {
    const end = entry.indexOf('\n');
    // A key without a value is true.
    const [key, value] = end === -1 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)];
    if (key === 'core.commentchar' || key === 'core.commentstring') comment = value;
    if (key === 'commit.cleanup') cleanup = value;
    if (key === 'commit.verbose') isVerbose = !/^(?:false|no|off|0|)$/i.test(value);
  }
  return { comment, cleanup, isVerbose };
}
