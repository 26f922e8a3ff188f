import { ruleSet } from '../../engine/rule.ts';

/** Lines between two markers; none of them opens or closes a conflict itself. */
const LINES = String.raw`(?:(?!<{7} |>{7} )[^\n]{0,20000}\n){0,5000}?`;

export const mergeConflict = ruleSet(
  {
    category: 'conflict',
    severity: 'high',
    confidence: 'high',
    why: 'The file contains both sides of the merge and the conflict markers.',
    advice: 'Resolve the conflict, and stage the file again.',
    docs: 'https://git-scm.com/docs/git-merge#_how_conflicts_are_presented',
  },
  () => [
    {
      id: 'merge-conflict',
      message: 'Unresolved merge conflict',
      keywords: ['<<<<<<<'],
      // The whole conflict, so that the finding touches each added line of it. diff3 puts the common ancestor after `|||||||`.
      pattern: new RegExp(
        String.raw`<{7}(?: [^\n]{0,300})?\r?\n${LINES}(?:\|{7}(?: [^\n]{0,300})?\r?\n${LINES})?={7}\r?\n${LINES}>{7}(?: [^\n]{0,300})?(?![^\n])`,
      ),
      judge: ({ text, start, path }) => {
        if (start > 0 && text[start - 1] !== '\n') return false;
        // Documents show conflicts in fenced code blocks.
        return !(
          /\.(?:md|mdx|rst|adoc)$/i.test(path) &&
          /(?:```[^\n]{0,40}|~~~[^\n]{0,40}|::|----)\r?\n$/.test(text.slice(Math.max(0, start - 60), start))
        );
      },
      samples: () => {
        const [ours, base, theirs] = ['<'.repeat(7), '|'.repeat(7), '>'.repeat(7)];
        const middle = '='.repeat(7);
        return {
          found: [
            `a\n${ours} HEAD\nb\n${middle}\nc\n${theirs} topic\nd\n`,
            `${ours} HEAD\r\n${middle}\r\nc\r\n${theirs} topic\r\n`,
            `${ours}\nb\n${base} 1234567\nx\n${middle}\n${theirs}`,
          ],
          ignored: [
            `Title\n${middle}\n\ntext\n`,
            `${ours} HEAD\nonly the first marker\n`,
            `  ${ours} HEAD\nb\n  ${middle}\nc\n  ${theirs} topic\n`,
            `${ours} HEAD\nb\n${middle}=\nc\n${theirs} topic\n`,
            { path: 'docs/git.md', text: `text\n\`\`\`\n${ours} HEAD\nb\n${middle}\nc\n${theirs} topic\n\`\`\`\n` },
          ],
        };
      },
    },
  ],
);
