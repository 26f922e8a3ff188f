import { extensionOf } from '../../engine/languages.ts';
import { type Candidate, type Judgement, ruleSet } from '../../engine/rule.ts';
import { isTestPath } from '../../engine/test-path.ts';
import { isCode, isStatement, lineTo } from '../reading/code-line.ts';
import { isMeantToWrite, isOutputByRight } from '../reading/console-output.ts';
import { isAskedFor } from '../reading/debug-switch.ts';

/** Output that no user of the program asked for. */
const isOutput = (candidate: Candidate): Judgement => !isOutputByRight(candidate) && isStatement(candidate) && !isMeantToWrite(candidate);

/** Calls that print to the terminal, in other languages than JavaScript. Each rule is off by default. */
export const terminalOutput = ruleSet(
  {
    category: 'leftover',
    severity: 'low',
    confidence: 'medium',
    why: 'It was meant for debugging, and changes what everyone else runs.',
    advice: 'Remove it before you commit.',
  },
  () => [
    {
      id: 'java-print',
      message: 'Print to the terminal',
      skipsGenerated: true,
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
