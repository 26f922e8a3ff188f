import { isTestPath } from '../../engine/test-path.ts';
import { isCode, isStatement, linesAround, lineTo } from '../reading/code-line.ts';
import { isMeantToWrite, isOutputByRight } from '../reading/console-output.ts';
import { extensionOf } from '../../engine/languages.ts';
import { type Candidate, type Judgement, ruleSet } from '../../engine/rule.ts';

/** A condition on a debug switch: a user who sets it wants to stop here. */
const ASKS = /\b(?:if|unless|when)\b.*(?:debug|environ|getenv|\bENV\b|verbose|trace)|^\s*#\s?if\b.*DEBUG/i;

/** Is the call reached only if a debug switch is set? */
function isAskedFor({ text, match }: Candidate): boolean {
  if (linesAround(text, match.index).some((line) => ASKS.test(line))) return true;
  // C# writes such conditions without indentation.
  return text
    .slice(Math.max(0, match.index - 300), match.index)
    .split('\n')
    .some((line) => /^\s*#if\b.*DEBUG/.test(line));
}

/** The call is alone on its line, or follows `;`. */
const standsAlone = (candidate: Candidate): boolean => /(?:^|;)\s*(?:<%=?\s*)?$/.test(lineTo(candidate)) && isCode(candidate);

/** Output that no user of the program asked for. */
const isOutput = (candidate: Candidate): Judgement => !isOutputByRight(candidate) && isStatement(candidate) && !isMeantToWrite(candidate);

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
    {
      id: 'unfinished-code',
      message: 'Code marked as unfinished',
      skipsGenerated: true,
      severity: 'low',
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
    {
      id: 'java-print',
      message: 'Print to the terminal',
      skipsGenerated: true,
      severity: 'low',
      confidence: 'medium',
      isOptIn: true,
      docs: 'https://docs.oracle.com/javase/8/docs/api/java/lang/System.html',
      keywords: ['System.out.print', 'printStackTrace', 'println('],
      pattern: /System\.out\.print(?:ln|f)?\s{0,3}\(|printStackTrace\(\)|println\(/,
      languages: ['java'],
      judge: (candidate) =>
        !isOutputByRight(candidate) &&
        !isMeantToWrite(candidate) &&
        (!candidate.match[0].startsWith('println') || (extensionOf(candidate.path) !== 'java' && /^\s*$/.test(lineTo(candidate)))) &&
        isCode(candidate),
      samples: () => ({
        found: [
          { path: 'src/A.java', text: '    System.out.println(x);\n' },
          { path: 'src/A.java', text: '    e.printStackTrace();\n' },
          { path: 'src/A.kt', text: '    println(x)\n' },
        ],
        ignored: [
          { path: 'src/A.java', text: '    // System.out.println(x);\n    out.println(x);\n    String s = "e.printStackTrace()";\n' },
        ],
      }),
    },
    {
      id: 'go-print',
      message: 'Print to the terminal',
      skipsGenerated: true,
      severity: 'low',
      confidence: 'medium',
      isOptIn: true,
      docs: 'https://pkg.go.dev/fmt#Println',
      keywords: ['fmt.Print'],
      pattern: /fmt\.Print(?:ln|f)?\(/,
      languages: ['go'],
      judge: isOutput,
      samples: () => ({
        found: [{ path: 'a.go', text: '\tfmt.Println(x)\n' }],
        ignored: [{ path: 'a.go', text: '\t// fmt.Println(x)\n' }],
      }),
    },
    {
      id: 'csharp-print',
      message: 'Print to the terminal',
      skipsGenerated: true,
      severity: 'low',
      confidence: 'medium',
      isOptIn: true,
      docs: 'https://learn.microsoft.com/dotnet/api/system.console.writeline',
      keywords: ['Console.Write'],
      pattern: /Console\.Write(?:Line)?\(/,
      languages: ['csharp'],
      judge: isOutput,
      samples: () => ({
        found: [{ path: 'src/A.cs', text: '    Console.WriteLine(x);\n' }],
        ignored: [{ path: 'src/A.cs', text: '    // Console.WriteLine(x);\n    var s = "Console.WriteLine(x)";\n' }],
      }),
    },
    {
      id: 'print-call',
      message: 'Print to the terminal',
      skipsGenerated: true,
      severity: 'low',
      confidence: 'medium',
      isOptIn: true,
      docs: 'https://docs.astral.sh/ruff/rules/print/',
      keywords: ['print(', 'NSLog('],
      pattern: /(?:print|NSLog)\(/,
      languages: ['python', 'swift', 'dart'],
      judge: (candidate) => /^\s*$/.test(lineTo(candidate)) && isOutput(candidate),
      samples: () => ({
        found: [
          { path: 'src/a.py', text: '    print(x)\n' },
          { path: 'Sources/A.swift', text: '    print(x)\n' },
          { path: 'lib/a.dart', text: '    print(x);\n' },
        ],
        ignored: [
          { path: 'src/a.py', text: '    # print(x)\n    pprint(x)\n    self.print(x)\n"""\nprint(x)\n"""\n' },
          { path: 'src/a.py', text: '#!/usr/bin/env python3\nprint(x)\n' },
        ],
      }),
    },
    {
      id: 'ruby-print',
      message: 'Print to the terminal',
      skipsGenerated: true,
      severity: 'low',
      confidence: 'medium',
      isOptIn: true,
      docs: 'https://docs.rubocop.org/rubocop-rails/cops_rails.html#railsoutput',
      keywords: ['puts ', 'pp '],
      pattern: /(?:puts|pp) (?=[\w"'@:[])/,
      languages: ['ruby'],
      judge: (candidate) => !candidate.path.endsWith('.rake') && /^\s*$/.test(lineTo(candidate)) && isOutput(candidate),
      samples: () => ({
        found: [
          { path: 'app/a.rb', text: '    puts user.inspect\n' },
          { path: 'app/a.rb', text: '    pp params\n' },
        ],
        ignored: [
          { path: 'app/a.rb', text: '    # puts x\n    io.puts x\n    puts = 1\n' },
          { path: 'bin/a.rb', text: 'puts x\n' },
        ],
      }),
    },
    {
      id: 'shell-trace',
      message: 'Shell that prints every command',
      severity: 'low',
      confidence: 'medium',
      isOptIn: true,
      why: 'It prints every command with its arguments, including passwords, to logs that others can read.',
      advice: 'Remove it, or run `set +x` before commands that use secrets.',
      docs: 'https://www.gnu.org/software/bash/manual/html_node/The-Set-Builtin.html',
      keywords: ['set -', 'bash -'],
      pattern: /set -(?:[a-w]{0,4}x[a-z]{0,4}|o xtrace)\b|bash -[a-w]{0,3}x\b(?=[^\n]{0,3}\n)/,
      languages: ['shell'],
      judge: (candidate) => /^(?:\s*|#! ?\/\S*)$/.test(lineTo(candidate)) && !isAskedFor(candidate),
      samples: () => ({
        found: [
          { path: 'a.sh', text: 'set -x\n' },
          { path: 'a.sh', text: 'set -euxo pipefail\n' },
          { path: 'a.sh', text: '#!/bin/bash -x\n' },
        ],
        ignored: [{ path: 'a.sh', text: '# set -x\nset -e\nset +x\nif [ -n "$DEBUG" ]; then\n  set -x\nfi\n' }],
      }),
    },
    {
      id: 'sql-debug',
      message: 'Debug output in a stored procedure',
      skipsGenerated: true,
      severity: 'low',
      confidence: 'medium',
      isOptIn: true,
      docs: 'https://docs.oracle.com/en/database/oracle/oracle-database/23/arpls/DBMS_OUTPUT.html',
      keywords: ['dbms_output.put', 'raise notice'],
      pattern: /dbms_output\.put(?:_line)?\s{0,3}\(|raise notice '/i,
      languages: ['sql'],
      judge: (candidate) => !isTestPath(candidate.path) && /^\s*$/.test(lineTo(candidate)) && isCode(candidate),
      samples: () => ({
        found: [
          { path: 'a.sql', text: "  DBMS_OUTPUT.PUT_LINE('here: ' || x);\n" },
          { path: 'a.sql', text: "  RAISE NOTICE 'x = %', x;\n" },
        ],
        ignored: [{ path: 'a.sql', text: "  -- DBMS_OUTPUT.PUT_LINE('here');\n  /*\n  raise notice 'x';\n  */\n" }],
      }),
    },
  ],
);

/** Each language has its own word for it. */
function isUnfinished({ path, match: [found] }: Candidate): boolean {
  const extension = extensionOf(path);
  if (found.startsWith('todo!')) return extension === 'rs';
  if (found.startsWith('TODO(')) return extension === 'kt' || extension === 'kts';
  return extension === (found.startsWith('panic') ? 'go' : 'swift');
}
