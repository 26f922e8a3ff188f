import { isTestPath } from '../../engine/test-path.ts';
import { isCode, isStatement, lineTo } from '../reading/code-line.ts';
import { isMeantToWrite, isOutputByRight } from '../reading/console-output.ts';
import { isAskedFor } from '../reading/debug-switch.ts';
import { type Candidate, ruleSet } from '../../engine/rule.ts';

/** The call is alone on its line, or follows `;`. */
const standsAlone = (candidate: Candidate): boolean => /(?:^|;)\s*(?:<%=?\s*)?$/.test(lineTo(candidate)) && isCode(candidate);

/** In a method of that name, the output is intended. */
function isInMethodOfThatName({ text, start }: Candidate): boolean {
  return /function (?:dump|dd|ddd|ray)\w*\([^{}]*\{[^{}]*$/i.test(text.slice(Math.max(0, start - 300), start));
}

/** Does the program capture what the call prints? */
function isCaught({ text, start }: Candidate): boolean {
  return /\bob_start\s?\([^\n]*\n(?:[^\n]*\n)?[^\n]*$/.test(text.slice(Math.max(0, start - 200), start));
}

/** Calls that stop a program or print its values, in languages other than JavaScript. */
export const debugCalls = ruleSet(
  {
    category: 'leftover',
    severity: 'high',
    confidence: 'high',
    why: 'It was meant for debugging, and changes what everyone else runs.',
    advice: 'Remove it before you commit.',
  },
  () => [
    {
      id: 'python-debugger',
      message: 'Python debugger call',
      docs: 'https://docs.python.org/3/library/pdb.html',
      keywords: ['breakpoint', 'set_trace', 'import ipdb', 'import pudb', 'debugpy.', 'pydevd', 'code.interact(', 'import embed'],
      pattern:
        /breakpoint\(\)|set_trace\(\)|import (?:ipdb|pudb)(?=\s*(?:$|[;#\r\n]))|debugpy\.(?:breakpoint|wait_for_client)\(|pydevd(?:_pycharm)?\.settrace\(|code\.interact\((?=local ?= ?(?:locals|globals|dict|vars)\()|import embed; ?embed\(\)/,
      languages: ['python'],
      // `import pdb; pdb.set_trace()` on one line is one finding.
      judge: (candidate) =>
        /^\s*(?:import \w+; ?|from IPython )?(?:(?:i|w|web_|remote_)?pdb\.|pudb\.)?$/.test(lineTo(candidate)) &&
        isCode(candidate) &&
        !isAskedFor(candidate),
      samples: () => ({
        found: [
          { path: 'a.py', text: '    breakpoint()\n' },
          { path: 'a.py', text: 'pdb.set_trace()\n' },
          { path: 'a.py', text: 'import ipdb\n' },
          { path: 'a.py', text: '    import pdb; pdb.set_trace()\n' },
          { path: 'a.py', text: '    from IPython import embed; embed()\n' },
          { path: 'a.py', text: 'debugpy.wait_for_client()\n' },
          { path: 'a.py', text: "pydevd_pycharm.settrace('localhost', port=5678)\n" },
          { path: 'a.py', text: 'code.interact(local=locals())\n' },
          { path: 'a.py', text: "text = 'it''s'\n    web_pdb.set_trace()\n" },
        ],
        ignored: [
          { path: 'a.py', text: '# breakpoint()\n' },
          { path: 'a.py', text: 'if DEBUG_STEP == line:\n    breakpoint()\n' },
          { path: 'a.py', text: 'if os.environ.get("WAIT"):\n    import debugpy\n    debugpy.wait_for_client()\n' },
          { path: 'a.py', text: 'def set_trace(frame):\n    self.breakpoint()\n' },
          { path: 'a.py', text: 'import pdb\nimport pudb_tools\n' },
          { path: 'a.py', text: 'code.interact(banner=banner, local=namespace)\n' },
          { path: 'a.py', text: 'def f():\n    """Stops here:\n\n    breakpoint()\n    """\n' },
        ],
      }),
    },
    {
      id: 'ruby-debugger',
      message: 'Ruby debugger call',
      docs: 'https://github.com/ruby/debug',
      keywords: ['binding.', 'byebug', 'debugger', 'save_and_open_'],
      pattern:
        /(?:binding\.(?:pry_remote|remote_pry|pry|irb|break|b)|byebug|debugger|save_and_open_(?:page|screenshot))(?=\s*(?:$|[;#\r\n%]| if | unless ))/,
      languages: ['ruby'],
      judge: (candidate) =>
        standsAlone(candidate) && !isAskedFor(candidate) && (candidate.match[0].startsWith('save') ? { severity: 'medium' } : true),
      samples: () => ({
        found: [
          { path: 'a.rb', text: '  binding.pry\n' },
          { path: 'a.rb', text: 'x = 1; byebug\n' },
          { path: 'a.rb', text: '  debugger\n' },
          { path: 'a.erb', text: '<% debugger %>\n' },
          { path: 'a_spec.rb', text: '    save_and_open_page\n' },
        ],
        ignored: [
          { path: 'a.rb', text: "# binding.pry\ngem 'byebug'\n" },
          { path: 'a.js', text: 'binding.pry\n' },
          { path: 'a.rb', text: 'text = <<~TEXT\n  binding.pry\nTEXT\n' },
          { path: 'a.rb', text: '=begin\n  byebug\n=end\nself.debugger = x\n' },
        ],
      }),
    },
    {
      id: 'php-debug',
      message: 'PHP debug output',
      skipsGenerated: true,
      severity: 'medium',
      docs: 'https://www.php.net/manual/function.var-dump.php',
      keywords: ['var_dump', 'dump(', 'dd(', 'print_r', 'debug_zval', 'debug_print_backtrace', 'xdebug_break', 'phpinfo'],
      pattern:
        /(?:var_dump|dump|ddd?|debug_zval_refcount|debug_print_backtrace|xdebug_break|phpinfo)\s{0,3}\(|print_r\s{0,3}\([^\n;]{1,120}\)(?=\s{0,3};)/,
      languages: ['php'],
      judge: (candidate) =>
        !isOutputByRight(candidate) &&
        isStatement(candidate) &&
        /(?:^|[;{}])\s*$/.test(lineTo(candidate)) &&
        // It returns the text instead of printing it.
        !/, ?(?:true|1) ?\)$/i.test(candidate.match[0]) &&
        !isInMethodOfThatName(candidate) &&
        !isMeantToWrite(candidate) &&
        !isCaught(candidate) &&
        !/phpinfo/i.test(candidate.path) &&
        // Pages also show values this way.
        (candidate.match[0].startsWith('p') ? { severity: 'low' } : true),
      samples: () => ({
        found: [
          { path: 'src/a.php', text: '<?php\n  var_dump($x);\n' },
          { path: 'src/a.php', text: '<?php\ndd($x);\n' },
          { path: 'src/a.php', text: '<?php\nprint_r($x);\n' },
          { path: 'src/a.php', text: '<?php\nxdebug_break();\n' },
        ],
        ignored: [
          { path: 'src/a.php', text: '<?php\n// var_dump($x);\n$this->dump($x);\nfunction dump($x) {}\n$add($y);\n' },
          { path: 'tests/a.php', text: '<?php\nvar_dump($x);\n' },
          { path: 'src/a.php', text: '<?php\npublic function dd(...$args)\n{\n  dd($this, ...$args);\n}\n' },
          { path: 'src/a.php', text: '<?php\n$text = print_r($x, true);\nprint_r($x, true);\n' },
          { path: 'src/a.php', text: '<?php\n/*\nvar_dump($x);\n*/\n$text = <<<TEXT\nvar_dump($x);\nTEXT;\n' },
          { path: 'src/a.php', text: '<?php\nfunction html_debug() {\n  print_r($x);\n}\n' },
          { path: 'src/PhpInfoController.php', text: '<?php\nphpinfo();\n' },
          { path: 'src/a.php', text: '<?php\nob_start();\nphpinfo();\n$text = ob_get_clean();\n' },
          { path: 'maintenance/eval.php', text: '<?php\nvar_dump($x);\n' },
          { path: 'vendor/a/b.php', text: '<?php\nvar_dump($x);\n' },
        ],
      }),
    },
    {
      id: 'rust-debug',
      message: 'dbg! call',
      skipsGenerated: true,
      severity: 'low',
      docs: 'https://doc.rust-lang.org/std/macro.dbg.html',
      keywords: ['dbg!'],
      pattern: /dbg!\s{0,3}\(/,
      languages: ['rust'],
      judge: (candidate) => !isTestPath(candidate.path) && !/\w$/.test(lineTo(candidate)) && isCode(candidate),
      samples: () => ({
        found: [
          { path: 'a.rs', text: '    let y = dbg!(x);\n' },
          { path: 'a.rs', text: "fn f<'a>(x: &'a str) -> &'a str {\n    dbg!(x)\n}\n" },
        ],
        ignored: [{ path: 'a.rs', text: '// dbg!(x)\nmy_dbg!(x);\nlet s = r#"\ndbg!(x)\n"#;\n' }],
      }),
    },
    {
      id: 'go-debug',
      message: 'Go debug output',
      skipsGenerated: true,
      severity: 'low',
      why: 'It was meant for debugging; the built-in `println` writes to stderr and may be removed from Go.',
      docs: 'https://go.dev/ref/spec#Bootstrapping',
      keywords: ['spew.Dump', 'litter.Dump', 'pp.Print', 'println(', 'runtime.Breakpoint'],
      pattern: /(?:(?:spew|litter)\.Dump|pp\.Print(?:ln)?|runtime\.Breakpoint)\(|println\(/,
      languages: ['go'],
      judge: (candidate) => !isOutputByRight(candidate) && /^\s*$/.test(lineTo(candidate)) && isCode(candidate) && !isAskedFor(candidate),
      samples: () => ({
        found: [
          { path: 'a.go', text: '\tspew.Dump(x)\n' },
          { path: 'a.go', text: '\tprintln("here", x)\n' },
          { path: 'a.go', text: '\truntime.Breakpoint()\n' },
        ],
        ignored: [
          { path: 'a.go', text: '\t// spew.Dump(x)\n\tfmt.Println(x)\nfunc println(x any) {}\n' },
          { path: 'a_test.go', text: '\tspew.Dump(x)\n' },
          { path: 'a.go', text: 'const text = `\nprintln(x)\n`\n' },
        ],
      }),
    },
    {
      id: 'csharp-debugger',
      message: 'C# debugger call',
      docs: 'https://learn.microsoft.com/dotnet/api/system.diagnostics.debugger.launch',
      keywords: ['Debugger.Launch', 'Debugger.Break'],
      pattern: /Debugger\.(?:Launch|Break)\(\)/,
      languages: ['csharp'],
      judge: (candidate) => /^\s*(?:System\.Diagnostics\.)?$/.test(lineTo(candidate)) && isCode(candidate) && !isAskedFor(candidate),
      samples: () => ({
        found: [
          { path: 'A.cs', text: '        Debugger.Launch();\n' },
          { path: 'A.cs', text: '        System.Diagnostics.Debugger.Break();\n' },
        ],
        ignored: [
          { path: 'A.cs', text: 'if (Environment.GetEnvironmentVariable("WAIT") == "1")\n{\n    Debugger.Launch();\n}\n' },
          { path: 'A.cs', text: '// Debugger.Launch();\nif (Debugger.IsAttached) Debugger.Break();\n' },
          { path: 'A.cs', text: '#if DEBUG\n        Debugger.Launch();\n#endif\n' },
          { path: 'A.cs', text: 'var text = @"\nDebugger.Launch();\n";\n' },
        ],
      }),
    },
    {
      id: 'swift-debug',
      message: 'Swift debug output',
      skipsGenerated: true,
      severity: 'low',
      docs: 'https://developer.apple.com/documentation/swift/dump(_:name:indent:maxdepth:maxitems:)',
      keywords: ['dump(', 'debugPrint(', 'raise(SIGINT)'],
      pattern: /(?:dump|debugPrint)\((?=[\w"[(.])|raise\(SIGINT\)/,
      languages: ['swift'],
      judge: (candidate) => !isOutputByRight(candidate) && /^\s*$/.test(lineTo(candidate)) && isCode(candidate) && !isAskedFor(candidate),
      samples: () => ({
        found: [
          { path: 'Sources/A.swift', text: '        dump(user)\n' },
          { path: 'Sources/A.swift', text: '        debugPrint("here", user)\n' },
        ],
        ignored: [
          { path: 'Sources/A.swift', text: '        // dump(user)\n        cache.dump(user)\nfunc dump() {}\n' },
          { path: 'Tests/A.swift', text: '        dump(user)\n' },
          { path: 'Sources/A.swift', text: '#if DEBUG\n        debugPrint(user)\n#endif\n' },
        ],
      }),
    },
  ],
);
