import { ruleSet } from '../../engine/rule.ts';

const END = String.raw`(?: [^\n]{0,300})?\r?\n`;
const [OURS, BASE, THEIRS] = ['<{7}', String.raw`\|{7}`, '>{7}'].map((marker) => `${marker}${END}`);
const MIDDLE = String.raw`={7}\r?\n`;

/** Lines up to the next marker. Each can be read in one way only, so a conflict without an end costs no more than its length. */
const linesWithout = (...markers: readonly (string | undefined)[]): string =>
  String.raw`(?:(?!${markers.join('|')})[^\n]{0,20000}\n){0,5000}`;
const SIDE = linesWithout(OURS, BASE, MIDDLE, THEIRS);
/** Behind the middle a line of equals signs is text: it underlines a heading. */
const LAST_SIDE = linesWithout(OURS, THEIRS);

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
      pattern: new RegExp(String.raw`(?<![^\n])${OURS}${SIDE}(?:${BASE}${SIDE})?${MIDDLE}${LAST_SIDE}>{7}(?: [^\n]{0,300})?(?![^\n])`),
      judge: ({ text, start, path }) => {
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
