import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/engine/languages.ts';
import { TextFacts } from '../../../src/engine/text-facts.ts';
import { kindAt } from '../../../src/rules/reading/source-text.ts';

/** What `HERE` stands in. */
function kindOf(path: string, text: string): string {
  return kindAt(new TextFacts(text), text.indexOf('HERE'), path);
}

describe('kindAt', () => {
  it.each([
    ['a.js', 'HERE', 'code'],
    ['a.js', '// HERE', 'comment'],
    ['a.js', '/*\n HERE\n*/', 'comment'],
    ['a.js', "const a = 'x'; HERE", 'code'],
    ['a.js', "const a = 'HERE';", 'string'],
    ['a.js', 'const a = `\n HERE\n`;', 'string'],
    ['a.js', "const a = 'src/**/*.js';\nHERE", 'code'],
    ['a.js', "const a = /['`]/;\nHERE", 'code'],
    ['a.js', 'const a = b / c; HERE; d / e', 'code'],
    ['a.js', "const url = 'https://a.example'; HERE", 'code'],
    ['a.tsx', "<p>it's</p>\nHERE", 'code'],
    ['a.vue', '<!--\nHERE\n-->', 'comment'],
    ['a.py', '# HERE', 'comment'],
    ['a.py', 'def f():\n    """One.\n\n    HERE\n    """', 'string'],
    ['a.py', "x = '''\nHERE\n'''", 'string'],
    ['a.py', "x = 'it\\'s'\nHERE", 'code'],
    ['a.rb', '=begin\nHERE\n=end', 'comment'],
    ['a.rb', 'a = <<~SQL.strip\n  HERE\nSQL\n', 'string'],
    ['a.rb', 'a = <<~SQL\n  x\nSQL\nHERE', 'code'],
    ['a.rb', 'list << item\nHERE', 'code'],
    ['a.php', '<?php # HERE', 'comment'],
    ['a.php', '<?php #[Route]\nHERE', 'code'],
    ['a.php', '<?php $a = <<<TEXT\nHERE\nTEXT;', 'string'],
    ['a.go', 'a := `\nHERE\n`', 'string'],
    ['a.go', "a := '\"'\nHERE", 'code'],
    ['a.rs', "fn f<'a>(x: &'a str) { HERE }", 'code'],
    ['a.rs', 'let a = r#"\n"HERE"\n"#;', 'string'],
    ['a.rs', 'let a = "\nHERE\n";', 'string'],
    ['A.java', '/** HERE */', 'comment'],
    ['A.kt', 'val a = """\nHERE\n"""', 'string'],
    ['A.cs', 'var a = @"\nHERE ""\n";', 'string'],
    ['A.swift', 'let a = """\nHERE\n"""', 'string'],
    ['a.sql', '-- HERE', 'comment'],
    ['a.sql', "select 'it''s'; HERE", 'code'],
    ['a.sh', '# HERE', 'code'],
    ['a.unknown', '/* HERE */', 'code'],
  ])('%s %j', (path, text, kind) => expect(kindOf(path, text)).toBe(kind));

  it('takes an opening itself for code', () => {
    expect(kindAt(new TextFacts("x = 'a'"), 4, 'a.py')).toBe('code');
    expect(kindAt(new TextFacts("x = 'a'"), 5, 'a.py')).toBe('string');
  });

  it('knows one text from the next', () => {
    expect(kindOf('a.js', '/* HERE */')).toBe('comment');
    expect(kindOf('a.js', '[] HERE []')).toBe('code');
    expect(kindOf('a.py', '/* HERE */')).toBe('code');
  });

  it('reads any text', () => {
    const extensions = Object.values(LANGUAGES).flat();
    const pieces = fc.array(
      fc.constantFrom('"', "'", '`', '/*', '*/', '//', '#', '"""', '<<~A\n', 'A\n', '\\', '\n', 'x', '/', '=begin', '--', ' '),
    );
    fc.assert(
      fc.property(fc.constantFrom(...extensions), pieces, (extension, parts) => {
        const text = parts.join('');
        expect(['code', 'comment', 'string']).toContain(kindAt(new TextFacts(text), text.length >> 1, `a.${extension}`));
      }),
    );
  });
});
