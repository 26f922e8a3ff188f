import { extensionOf } from '../../engine/languages.ts';
import { type Candidate, ruleSet } from '../../engine/rule.ts';
import { isTestPath } from '../../engine/test-path.ts';
import { isCode } from '../reading/code-line.ts';

/** Code that stops the program because it is not finished. */
export const unfinishedCode = ruleSet({ category: 'leftover', severity: 'low', confidence: 'high' }, () => [
  {
    id: 'unfinished-code',
    message: 'Code marked as unfinished',
    skipsGenerated: true,
    why: 'The program stops when it reaches this code.',
    advice: 'Finish it, or keep it on a branch until it is done.',
    docs: 'https://doc.rust-lang.org/std/macro.todo.html',
    keywords: ['todo!', 'TODO(', 'fatalError("', 'panic("'],
    pattern: /todo!\((?=[")])|TODO\((?=\)|")|fatalError\("(?:TODO|FIXME)|panic\("(?:TODO|FIXME)/,
    languages: ['rust', 'java', 'swift', 'go'],
    judge: (candidate) => !isTestPath(candidate.path) && isUnfinished(candidate) && isCode(candidate),
    samples: () => ({
      found: [
        { path: 'src/a.rs', text: '    todo!()\n' },
        { path: 'src/A.kt', text: '    fun f(): Int = TODO()\n' },
        { path: 'src/A.swift', text: '    fatalError("TODO: later")\n' },
        { path: 'a.go', text: '\tpanic("TODO: later")\n' },
      ],
      ignored: [
        { path: 'src/a.rs', text: '// todo!()\nlet s = "todo!()";\n' },
        { path: 'src/A.kt', text: '    // TODO() later\n    val TODO = 1\n' },
        { path: 'src/A.swift', text: '    fatalError("init(coder:) has not been implemented")\n    fatalError("Not implemented")\n' },
        { path: 'src/A.java', text: '    TODO("x");\n' },
        { path: 'a.go', text: '\tpanic("not implemented")\n' },
      ],
    }),
  },
]);

/** Each language has its own word for it. */
function isUnfinished({ path, match: [found] }: Candidate): boolean {
  const extension = extensionOf(path);
  if (found.startsWith('todo!')) return extension === 'rs';
  if (found.startsWith('TODO(')) return extension === 'kt' || extension === 'kts';
  return extension === (found.startsWith('panic') ? 'go' : 'swift');
}
