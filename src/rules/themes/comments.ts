import { lineBefore } from '../reading/line.ts';
import { ruleSet } from '../../engine/rule.ts';

const IN_COMMENT = /\/\/|\/\*|^\s*\*|#|<!--|\{\/\*|--|"""|'''|^\s*(?:;|%|REM\b|')/;

export const comments = ruleSet(
  {
    category: 'comment',
    severity: 'info',
    confidence: 'high',
    why: 'It marks work that is known to be missing.',
    advice: 'Do it, or file it where the team plans its work.',
    docs: 'https://eslint.org/docs/latest/rules/no-warning-comments',
  },
  () => [
    {
      id: 'todo-comment',
      message: 'Open work in a comment',
      keywords: ['TODO', 'FIXME', 'XXX', 'HACK'],
      pattern: /(?:TODO|FIXME|XXX|HACK)(?![\w-])/,
      skipsGenerated: true,
      judge: ({ text, start }) => {
        if (/[\w$.-]$|\w\/$/.test(text.slice(Math.max(0, start - 2), start))) return false;
        return IN_COMMENT.test(lineBefore(text, start, 300));
      },
      samples: () => ({
        found: [
          '// TODO: later\n',
          '# FIXME(me) broken\n',
          '/*\n * XXX why\n */',
          '<!-- HACK -->',
          'x = 1  # TODO\n',
          '-- TODO index\n',
          '//TODO: later\n',
        ],
        ignored: ['const TODO = 1;\n', '// TODOS and HACKER\n', 'status: TODO\n', '// see MY_TODO\n', '// /PREFIX/XXX is another path\n'],
      }),
    },
  ],
);
