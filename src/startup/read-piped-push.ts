import type { PushAnswers } from '../git/read-pushed.ts';
import { GOOD_END, joinCommands, SHELL_END, SHELL_ENVIRONMENT, SHELL_GIT } from './pipe-protocol.ts';
import { NEW_COMMITS } from '../git/read-new-commits.ts';

/** As `PIPE_PROTOCOL` is for a commit: to be raised with any change of what {@link renderPushPipeCommands} makes. */
export const PUSH_PIPE_PROTOCOL = '1';

/**
 * The shell commands that hand on what git told pre-push, and ask git for the commits in the words of `readNewCommits`: each line ends with
 * the new id, the remote's ref and the old id, separated by spaces, and an id of zeros means no commit. If the remote has no name (git passes
 * its URL twice), no refs follow it.
 */
export function renderPushPipeCommands(): string {
  const ids = 'for id in "${new##* }" "^${line##* }"; do case $id in *[!^0]*) echo "$id" ;; esac; done';
  return joinCommands([
    'give_input',
    'true',
    SHELL_END,
    `${SHELL_ENVIRONMENT} GIT_FLUSH=0`,
    'unset GIT_TRACE',
    `${SHELL_GIT} config --list -z`,
    SHELL_END,
    `[ "$1" != "$2" ] && give_input | while IFS= read -r line; do new=\${line% * *}; ${ids}; done |`,
    `  ${SHELL_GIT} ${NEW_COMMITS.join(' ')} --stdin --not --remotes="$1"`,
    SHELL_END,
  ]);
}

/** Takes apart what came. Whatever release has asked, what git told stands first. */
export function parsePushPipe(text: string): { readonly told: string; readonly answers: PushAnswers } {
  const toldEnd = `\n${text}`.indexOf(`\n${GOOD_END}`);
  if (toldEnd === -1) return { told: text, answers: { config: null, commits: null } };
  const rest = text.slice(toldEnd + GOOD_END.length);

  // Each entry of the config ends with NUL, and no key is without a dot.
  const config = /^(?:[^\0.]*\.[^\0]*\0)*(?=exit\d{3}\n)/.exec(rest)?.[0];
  const isRead = config !== undefined && rest.startsWith(GOOD_END, config.length);
  const list = config === undefined ? '' : rest.slice(config.length + GOOD_END.length);
  const isListed = isRead && list.endsWith(GOOD_END) && /^(?:[\da-f]+\n)*exit/.test(list);
  return {
    told: text.slice(0, toldEnd),
    answers: {
      config: isRead ? config : null,
      commits: isListed ? list.slice(0, -GOOD_END.length).split('\n').filter(Boolean) : null,
    },
  };
}
