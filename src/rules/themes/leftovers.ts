import { isTestPath } from '../../engine/test-path.ts';
import { isCode, isStatement, lineTo } from '../reading/code-line.ts';
import { isMeantToWrite, isNotice, isOutputByRight, isPermitted } from '../reading/console-output.ts';
import { extensionOf, LANGUAGES, type Language } from '../../engine/languages.ts';
import { type Candidate, ruleSet } from '../../engine/rule.ts';

/** How each language focuses tests: the call, and what has to precede it on its line. */
const FOCUS: readonly (readonly [language: Language, found: RegExp, before: RegExp])[] = [
  ['javascript', /^\.only/, /(?:^|[\s;{])(?:(?:Deno\.)?(?:describe|context|suite|it|test|specify|bench)|QUnit)(?:\.\w{1,20}){0,2}$/],
  ['javascript', /^only/, /^\s*(?:describe|suite|it|test)\(.*, \{ $/],
  ['javascript', /^[a-z]+\s*\(/, /^\s*$/],
  ['ruby', /^f\w+ (?!true)/, /^\s*(?:RSpec\.)?$/],
  ['ruby', /^focus: true/, /^\s*(?:RSpec\.)?(?:describe|context|it|specify|scenario|feature|example)\b.*, $/],
  ['ruby', /^focus$/, /^\s*(?:RSpec\.)?(?:describe|context|it|specify|scenario|feature|example)\b.*, :$/],
  ['go', /^F[A-Z]/, /^\s*(?:(?:var )?_ = )?(?:ginkgo\.)?$/],
  ['swift', /^f\w+\(/, /^\s*$/],
  ['java', /^f\w+\(/, /^\s*$/],
  ['java', /^"f:/, /^\s*(?:\w+\()?$/],
  ['java', /^\.only\)/, /^\s*test\(".*"$/],
  ['php', /^->only/, /(?:^|[})])\s*$/],
];
/** Other files use the same words for something else: `fit` for images, `only()` for collections. */
const TELLS_ANYWHERE = new Set<Language>(['javascript', 'ruby']);

function isFocused(candidate: Candidate): boolean {
  const { path, match } = candidate;
  const before = lineTo(candidate);
  const extension = extensionOf(path);
  const isTold = FOCUS.some(
    ([language, found, lead]) =>
      (LANGUAGES[language] as readonly string[]).includes(extension) &&
      (TELLS_ANYWHERE.has(language) || isTestPath(path)) &&
      found.test(match[0]) &&
      lead.test(before),
  );
  return isTold && isCode(candidate);
}

export const leftovers = ruleSet(
  {
    category: 'leftover',
    severity: 'high',
    confidence: 'high',
    why: 'It was meant for debugging, and changes what everyone else runs.',
    advice: 'Remove it before you commit.',
  },
  () => [
    {
      id: 'debugger',
      message: 'debugger statement',
      skipsGenerated: true,
      why: 'It stops the program for everyone who has developer tools open.',
      docs: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Statements/debugger',
      keywords: ['debugger'],
      pattern: /debugger(?=[ \t]*(?:;|\r?\n|\}|\/\/|\/\*|$))/,
      languages: ['javascript'],
      judge: (candidate) => isStatement(candidate) && !isPermitted(candidate, 'debugger'),
      samples: () => ({
        found: [
          { path: 'a.js', text: 'function f() {\n  debugger;\n}\n' },
          { path: 'a.tsx', text: 'if (x) debugger\n' },
          { path: 'a.mjs', text: 'onClick={() => { debugger }}' },
          { path: 'a.js', text: 'const quote = /[\'"`]/;\nfunction f() {\n  debugger;\n}\nconst more = /`/;\n' },
        ],
        ignored: [
          { path: 'a.js', text: '// debugger;\n' },
          { path: 'a.js', text: "const name = 'debugger';\n" },
          { path: 'a.js', text: 'const debugger1 = 1; x.debugger = 2;\nimport { debugger as d } from "x"\n' },
          { path: 'a.py', text: 'debugger\n' },
          { path: 'a.js', text: '/*\n  debugger;\n*/\nconst snippet = `\n  debugger;\n`;\n' },
          { path: 'a.js', text: '// eslint-disable-next-line no-debugger\ndebugger;\n' },
        ],
      }),
    },
    {
      id: 'focused-test',
      message: 'Focused test',
      why: 'Only this test runs, so no one sees when another one fails.',
      advice: 'Remove the focus before you commit.',
      docs: 'https://vitest.dev/api/test#test-only',
      keywords: (
        '.only,only: true,fdescribe,fcontext,fit,ddescribe,iit(,fspecify,fexample,ffeature,fscenario,fshould,ftest,focus,->only(),"f:,' +
        'FIt(,FDescribe,FContext(,FWhen(,FSpecify(,FEntry('
      ).split(','),
      pattern:
        /->only\(\)(?=\s{0,3};)|\.only\)(?=\s{0,3}\{)|\.only(?:\.each)?\s{0,5}[(`]|only: true|(?:ddescribe|fdescribe|fcontext|fspecify|fexample|ffeature|fscenario|fshould|ftest|fit|iit)(?:\s{0,5}\(\s{0,20}['"`]| ['"\w][^\n]{0,200}\bdo\b)|F(?:It|DescribeTable|Describe|Context|When|Specify|Entry)\(\s{0,20}["`]|"f:[^"\n]{1,200}"(?=\s{0,3}[{)])|focus: true|focus(?=\s{0,3}(?:,|do\b|\)))/,
      languages: ['javascript', 'ruby', 'go', 'swift', 'java', 'php'],
      judge: isFocused,
      samples: () => ({
        found: [
          { path: 'a.test.ts', text: "describe.only('x', () => {})\n" },
          { path: 'a.test.ts', text: "  it.only('x', () => {})\n" },
          { path: 'a.test.ts', text: "test.concurrent.only('x', () => {})\n" },
          { path: 'a.test.ts', text: 'it.only.each`a`\n' },
          { path: 'a.test.ts', text: "Deno.test.only('x', () => {})\n" },
          { path: 'a.test.ts', text: "QUnit.module.only('x', () => {})\n" },
          { path: 'a.test.ts', text: "test('x', { only: true }, () => {})\n" },
          { path: 'a.spec.js', text: "  fit('x', () => {})\n" },
          { path: 'a.spec.js', text: "fdescribe('x', () => {})\n" },
          { path: 'a_spec.rb', text: "  fit 'works' do\n" },
          { path: 'a_spec.rb', text: "  fscenario 'works' do\n" },
          { path: 'a_spec.rb', text: "  it 'works', focus: true do\n" },
          { path: 'a_spec.rb', text: "  it 'works', :focus do\n" },
          { path: 'a_test.go', text: '\tFIt("works", func() {\n' },
          { path: 'a_test.go', text: 'var _ = FDescribe("works", func() {\n' },
          { path: 'ASpec.swift', text: '    fit("works") {\n' },
          { path: 'ATest.kt', text: '    "f:works" {\n' },
          { path: 'ATest.kt', text: '    test("f:works") {\n' },
          { path: 'ATest.kt', text: '    fdescribe("works") {\n' },
          { path: 'ATest.scala', text: '  test("works".only) {\n' },
          { path: 'tests/ATest.php', text: "it('works', function () {\n  expect(1)->toBe(1);\n})->only();\n" },
        ],
        ignored: [
          { path: 'a.ts', text: "it('x', () => {}); // it.only('x')\n" },
          { path: 'a.ts', text: 'model.fit(xs, ys); fit(xs)\n' },
          { path: 'a.ts', text: 'const focus = { focus: true };\nquery.only("id")\nconst o = { only: true };\n' },
          { path: 'a.ts', text: "/*\n  it.only('x')\n*/\nconst text = `\n  it.only('x')\n`;\n" },
          { path: 'a.rb', text: 'input.focus\nfit(image)\nfocus: true\nlink_to x, :focus, y\n' },
          { path: 'a_test.go', text: '\tIt("works", func() {\n\t// FIt("works", func() {\n' },
          { path: 'a.go', text: '\tFIt("works", func() {\n' },
          { path: 'View.swift', text: '    fit("wide")\n' },
          { path: 'A.kt', text: '    "f:works" {\n' },
          { path: 'src/A.php', text: '$request->only();\n$x = $a\n  ->only();\n' },
          { path: 'tests/ATest.php', text: "$request->only('id');\n$query->only();\n" },
        ],
      }),
    },
    {
      id: 'console-log',
      message: 'console.log call',
      skipsGenerated: true,
      severity: 'low',
      confidence: 'medium',
      why: 'Debug output reaches every user, and may contain data that should not leave the program.',
      advice:
        'Remove it, or use the logger of the project. If the output is intended, tell the linter: `eslint-disable-next-line no-console`.',
      docs: 'https://eslint.org/docs/latest/rules/no-console',
      keywords: ['console.log', 'console.debug'],
      pattern: /console\.(?:log|debug)\s{0,5}\(/,
      languages: ['javascript'],
      judge: (candidate) =>
        !isOutputByRight(candidate) &&
        isStatement(candidate) &&
        !isMeantToWrite(candidate) &&
        !isPermitted(candidate, 'console') &&
        !isNotice(candidate),
      samples: () => ({
        found: [
          { path: 'src/a.ts', text: "  console.log('here');\n" },
          { path: 'src/a.tsx', text: 'x.then((y) => console.debug(y))\n' },
          { path: 'src/server/routes.ts', text: 'function login(user) {\n  console.log(user);\n}\n' },
          { path: 'src/a.js', text: "const files = glob('src/**/*.js');\nconsole.log(files);\n" },
          { path: 'src/a.ts', text: 'if (debugged) {\n  stop();\n}\nconsole.log(x);\n' },
          { path: 'src/a.ts', text: "console.log('first');\nlog('second');\n" },
          { path: 'src/a.ts', text: 'try {\n  run();\n} catch (error) {\n  console.log(error);\n}\n' },
        ],
        ignored: [
          { path: 'src/a.ts', text: '// console.log(1)\n * console.log(2)\n' },
          { path: 'src/a.ts', text: "const s = 'console.log(1)';\nconsole.error('x');\n" },
          { path: 'scripts/a.js', text: 'console.log(1)\n' },
          { path: 'src/a.ts', text: '/**\n   next() {\n     console.log(1);\n   }\n */\n' },
          { path: 'src/a.ts', text: 'const page = `\n  console.log(1);\n`;\n' },
          { path: 'src/a.js', text: '#!/usr/bin/env node\nconsole.log(1);\n' },
          { path: 'src/a.js', text: 'const name = process.argv[2];\nconsole.log(name);\n' },
          { path: 'dist/a.js', text: 'console.log(1);\n' },
          { path: 'lib/a.js', text: '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nconsole.log(1);\n' },
          { path: 'lib/a.js', text: 'console.log(1);\n//# sourceMappingURL=a.js.map\n' },
          { path: 'static/a.js', text: '// Generated by CoffeeScript 1.12.8\nconsole.log(1);\n' },
          { path: 'src/a.ts', text: 'if (this.options.debug) {\n  const x = 1;\n  console.log(x);\n}\n' },
          { path: 'src/a.ts', text: 'DEBUG && console.debug(x);\n' },
          { path: 'src/a.ts', text: 'export function infoLog(text) {\n  console.log(text);\n}\n' },
          { path: 'src/a.ts', text: 'const sink = {\n  logEvent: (event) => console.log(event),\n};\n' },
          { path: 'src/a.ts', text: '// eslint-disable-next-line no-console\nconsole.log(1);\n' },
          { path: 'src/a.js', text: '/* eslint no-console: 0 */\nconsole.log(1);\n' },
          { path: 'src/a.ts', text: "console.log('DEPRECATED: use b instead');\n" },
          { path: 'src/a.ts', text: "console.log('=== Notice ===');\nconsole.log('');\nconsole.log('Get a key of your own.');\n" },
          { path: 'src/a.ts', text: 'console.error ? console.error(e) : console.log(e);\n' },
        ],
      }),
    },
    {
      id: 'alert-call',
      message: 'alert call',
      skipsGenerated: true,
      severity: 'low',
      confidence: 'medium',
      isOptIn: true,
      why: 'It blocks the page until the user closes it.',
      advice: 'Remove it, or show the message in the page.',
      docs: 'https://eslint.org/docs/latest/rules/no-alert',
      keywords: ['alert('],
      pattern: /alert\(/,
      languages: ['javascript'],
      judge: (candidate) =>
        !isOutputByRight(candidate) && isStatement(candidate) && !isMeantToWrite(candidate) && !isPermitted(candidate, 'alert'),
      samples: () => ({
        found: [
          { path: 'src/a.js', text: "  alert('here');\n" },
          { path: 'src/a.jsx', text: '<a onClick={() => alert(x)}>\n' },
        ],
        ignored: [
          { path: 'src/a.js', text: "// alert('here')\nAlert.alert('x');\nconst alert = (text) => show(text);\nshowalert(1);\n" },
          { path: 'test/a.js', text: "alert('here');\n" },
        ],
      }),
    },
  ],
);
