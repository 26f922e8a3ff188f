import { isTestPath } from '../engine/test-path.ts';
import { isCommented, isInString } from './code-line.ts';
import { extensionOf, LANGUAGES } from './languages.ts';
import { lineBefore } from './line.ts';
import { ruleSet, type Candidate, type Judgement } from './rule.ts';

/** The line up to the match. */
function lineTo({ text, match }: Candidate): string {
  return lineBefore(text, match.index);
}

/** Does a statement begin here: at the start of a line, or behind `;`, a brace, `)`, `=>`, `else`; and not in a comment or string? */
function isStatement(candidate: Candidate): boolean {
  const before = lineTo(candidate);
  return !isCommented(before) && /(?:^|[;{}):]|=>|&&|\|\||\b(?:else|then|do|await|return))\s*$/.test(before) && !isInString(before);
}

/** Programs and their tests speak to a terminal by right. */
const TALKS = new RegExp(
  '(?:^|[/._-])(?:bin|scripts?|cli|tools?|tasks?|build|commands?|bench(?:marks?)?|gulpfile|gruntfile|webpack|rollup|vite|server|config|postinstall' +
    '|logger|logging|log)(?:[/._-]|$)',
  'i',
);

function isRuby(path: string): boolean {
  return (LANGUAGES.ruby as readonly string[]).includes(extensionOf(path));
}

function judgeFocused(candidate: Candidate): Judgement {
  const before = lineTo(candidate);
  const [found] = candidate.match;
  const ruby = isRuby(candidate.path);
  if (isCommented(before)) return false;
  if (found.startsWith('.only'))
    return !ruby && /(?:^|[\s;{])(?:describe|context|suite|it|test|specify|bench)(?:\.\w{1,20}){0,2}$/.test(before);
  if (!found.startsWith('focus')) return /^\s*$/.test(before) && ruby !== found.includes('(');
  const isExample = /^\s*(?:RSpec\.)?(?:describe|context|it|specify|scenario|feature|example)\b.*, :?$/.test(before);
  return ruby && isExample && (found === 'focus: true' || before.endsWith(':'));
}

/** Text that ends with a condition on a switch for debugging: who sets that wants to stop here. */
const IS_ASKED_FOR = /(?:^|\n)\s*(?:el)?if [^\n]*(?:\bDEBUG|_DEBUG\b|environ|getenv)[^\n]*:\s*$/;

export const leftovers = ruleSet(
  {
    category: 'leftover',
    severity: 'high',
    confidence: 'high',
    why: 'It was meant for the author alone, and changes what everybody else runs.',
    advice: 'Remove it before the commit.',
  },
  () => [
    {
      id: 'debugger',
      message: 'debugger statement',
      skipsGenerated: true,
      why: 'It stops the program for everybody who has the developer tools open.',
      docs: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Statements/debugger',
      keywords: ['debugger'],
      pattern: /debugger(?=[ \t]*(?:;|\r?\n|\}|\/\/|\/\*|$))/,
      languages: ['javascript'],
      judge: isStatement,
      samples: () => ({
        found: [
          { path: 'a.js', text: 'function f() {\n  debugger;\n}\n' },
          { path: 'a.tsx', text: 'if (x) debugger\n' },
          { path: 'a.mjs', text: 'onClick={() => { debugger }}' },
        ],
        ignored: [
          { path: 'a.js', text: '// debugger;\n' },
          { path: 'a.js', text: "const name = 'debugger';\n" },
          { path: 'a.js', text: 'const debugger1 = 1; x.debugger = 2;\nimport { debugger as d } from "x"\n' },
          { path: 'a.py', text: 'debugger\n' },
        ],
      }),
    },
    {
      id: 'focused-test',
      message: 'Focused test',
      why: 'Only this test runs, so all others pass unseen.',
      advice: 'Remove the focus before the commit.',
      docs: 'https://vitest.dev/api/test#test-only',
      keywords: ['.only', 'fdescribe', 'fcontext', 'fit', 'focus'],
      pattern:
        /\.only(?:\.each)?\s{0,5}[(`]|(?:fdescribe|fcontext|fit)(?:\s{0,5}\(\s{0,20}['"`]| ['"\w][^\n]{0,200}\bdo\b)|focus: true|focus(?=\s{0,3}(?:,|do\b|\)))/,
      languages: ['javascript', 'ruby'],
      judge: judgeFocused,
      samples: () => ({
        found: [
          { path: 'a.test.ts', text: "describe.only('x', () => {})\n" },
          { path: 'a.test.ts', text: "  it.only('x', () => {})\n" },
          { path: 'a.test.ts', text: "test.concurrent.only('x', () => {})\n" },
          { path: 'a.test.ts', text: 'it.only.each`a`\n' },
          { path: 'a.spec.js', text: "  fit('x', () => {})\n" },
          { path: 'a.spec.js', text: "fdescribe('x', () => {})\n" },
          { path: 'a_spec.rb', text: "  fit 'works' do\n" },
          { path: 'a_spec.rb', text: "  it 'works', focus: true do\n" },
          { path: 'a_spec.rb', text: "  it 'works', :focus do\n" },
        ],
        ignored: [
          { path: 'a.ts', text: "it('x', () => {}); // it.only('x')\n" },
          { path: 'a.ts', text: 'model.fit(xs, ys); fit(xs)\n' },
          { path: 'a.ts', text: 'const focus = { focus: true };\nquery.only("id")\n' },
          { path: 'a.rb', text: 'input.focus\nfit(image)\nfocus: true\n' },
        ],
      }),
    },
    {
      id: 'console-log',
      message: 'console.log call',
      skipsGenerated: true,
      severity: 'low',
      confidence: 'medium',
      why: 'Debug output reaches every user, and may carry data that should not leave the program.',
      advice: 'Remove it, or use the logger of the project.',
      docs: 'https://eslint.org/docs/latest/rules/no-console',
      keywords: ['console.log', 'console.debug'],
      pattern: /console\.(?:log|debug)\s{0,5}\(/,
      languages: ['javascript'],
      judge: (candidate) => !isTestPath(candidate.path) && !TALKS.test(candidate.path) && isStatement(candidate),
      samples: () => ({
        found: [
          { path: 'src/a.ts', text: "  console.log('here');\n" },
          { path: 'src/a.tsx', text: 'x.then((y) => console.debug(y))\n' },
        ],
        ignored: [
          { path: 'src/a.ts', text: '// console.log(1)\n * console.log(2)\n' },
          { path: 'src/a.ts', text: "const s = 'console.log(1)';\nconsole.error('x');\n" },
          { path: 'scripts/a.js', text: 'console.log(1)\n' },
        ],
      }),
    },
    {
      id: 'python-debugger',
      message: 'Python debugger call',
      docs: 'https://docs.python.org/3/library/pdb.html',
      keywords: ['breakpoint', 'set_trace', 'import ipdb', 'import pudb'],
      pattern: /breakpoint\(\)|set_trace\(\)|import (?:ipdb|pudb)(?=\s*(?:$|[;#\r\n]))/,
      languages: ['python'],
      judge: (candidate) => {
        // `import pdb; pdb.set_trace()` on one line is one finding.
        if (!/^\s*(?:import \w+; ?)?(?:i?pdb\.|pudb\.)?$/.test(lineTo(candidate))) return false;
        return !IS_ASKED_FOR.test(candidate.text.slice(Math.max(0, candidate.match.index - 200), candidate.match.index));
      },
      samples: () => ({
        found: [
          { path: 'a.py', text: '    breakpoint()\n' },
          { path: 'a.py', text: 'pdb.set_trace()\n' },
          { path: 'a.py', text: 'import ipdb\n' },
          { path: 'a.py', text: '    import pdb; pdb.set_trace()\n' },
        ],
        ignored: [
          { path: 'a.py', text: '# breakpoint()\n' },
          { path: 'a.py', text: 'if DEBUG_STEP == line:\n    breakpoint()\n' },
          { path: 'a.py', text: 'def set_trace(frame):\n    self.breakpoint()\n' },
          { path: 'a.py', text: 'import pdb\nimport pudb_tools\n' },
        ],
      }),
    },
    {
      id: 'ruby-debugger',
      message: 'Ruby debugger call',
      docs: 'https://github.com/ruby/debug',
      keywords: ['binding.pry', 'binding.irb', 'binding.break', 'byebug', 'require "pry', "require 'pry"],
      pattern: /(?:binding\.(?:pry|irb|break|b)|byebug)(?=\s*(?:$|[;#\r\n%]| if | unless ))/,
      languages: ['ruby'],
      judge: (candidate) => /^\s*(?:<%=?\s*)?$|;\s*$/.test(lineTo(candidate)),
      samples: () => ({
        found: [
          { path: 'a.rb', text: '  binding.pry\n' },
          { path: 'a.rb', text: 'x = 1; byebug\n' },
        ],
        ignored: [
          { path: 'a.rb', text: "# binding.pry\ngem 'byebug'\n" },
          { path: 'a.js', text: 'binding.pry\n' },
        ],
      }),
    },
    {
      id: 'php-debug',
      message: 'PHP debug output',
      severity: 'medium',
      docs: 'https://www.php.net/manual/function.var-dump.php',
      keywords: ['var_dump', 'dump(', 'dd('],
      pattern: /(?:var_dump|dump|dd)\s{0,3}\(/,
      languages: ['php'],
      judge: (candidate) =>
        !isTestPath(candidate.path) &&
        isStatement(candidate) &&
        /(?:^|[;{}])\s*$/.test(lineTo(candidate)) &&
        // In a method of that name, it is what the method is for.
        !/function (?:dump|dd)\w*\([^{}]*\{[^{}]*$/i.test(candidate.text.slice(Math.max(0, candidate.start - 300), candidate.start)),
      samples: () => ({
        found: [
          { path: 'src/a.php', text: '<?php\n  var_dump($x);\n' },
          { path: 'src/a.php', text: '<?php\ndd($x);\n' },
        ],
        ignored: [
          { path: 'src/a.php', text: '<?php\n// var_dump($x);\n$this->dump($x);\nfunction dump($x) {}\n$add($y);\n' },
          { path: 'tests/a.php', text: '<?php\nvar_dump($x);\n' },
          { path: 'src/a.php', text: '<?php\npublic function dd(...$args)\n{\n  dd($this, ...$args);\n}\n' },
        ],
      }),
    },
    {
      id: 'rust-debug',
      message: 'dbg! call',
      severity: 'low',
      docs: 'https://doc.rust-lang.org/std/macro.dbg.html',
      keywords: ['dbg!'],
      pattern: /dbg!\s{0,3}\(/,
      languages: ['rust'],
      judge: (candidate) => {
        // A lifetime's apostrophe opens no string.
        const before = lineTo(candidate).replace(/'\w+/g, '');
        return !isTestPath(candidate.path) && !isCommented(before) && !isInString(before) && !/\w$/.test(before);
      },
      samples: () => ({
        found: [{ path: 'a.rs', text: '    let y = dbg!(x);\n' }],
        ignored: [{ path: 'a.rs', text: '// dbg!(x)\nmy_dbg!(x);\n' }],
      }),
    },
    {
      id: 'java-print',
      message: 'Print to the terminal',
      severity: 'low',
      confidence: 'medium',
      isOptIn: true,
      docs: 'https://docs.oracle.com/javase/8/docs/api/java/lang/System.html',
      keywords: ['system.out.print', 'printstacktrace'],
      pattern: /System\.out\.print(?:ln|f)?\s{0,3}\(|printStackTrace\(\)/i,
      languages: ['java'],
      judge: (candidate) => !isTestPath(candidate.path) && !isCommented(lineTo(candidate)),
      samples: () => ({
        found: [{ path: 'src/A.java', text: '    System.out.println(x);\n' }],
        ignored: [{ path: 'src/A.java', text: '    // System.out.println(x);\n' }],
      }),
    },
    {
      id: 'go-print',
      message: 'Print to the terminal',
      severity: 'low',
      confidence: 'medium',
      isOptIn: true,
      docs: 'https://pkg.go.dev/fmt#Println',
      keywords: ['fmt.Print', 'spew.Dump'],
      pattern: /(?:fmt\.Print(?:ln|f)?|spew\.Dump)\(/,
      languages: ['go'],
      judge: (candidate) => !isTestPath(candidate.path) && isStatement(candidate),
      samples: () => ({
        found: [{ path: 'a.go', text: '\tfmt.Println(x)\n' }],
        ignored: [{ path: 'a.go', text: '\t// fmt.Println(x)\n' }],
      }),
    },
  ],
);
