import { describe, expect, it } from 'vitest';
import { isGenerated } from '../../src/engine/generated.ts';

describe('isGenerated', () => {
  it.each([
    'package-lock.json',
    'a/go.sum',
    'Cargo.lock',
    'dist/app.min.js',
    'a.js.map',
    'node_modules/a/index.js',
    'a/vendor/b.php',
    'x.pb.go',
  ])('tells %s by its name', (path) => {
    expect(isGenerated(path, 'text\n')).toBe(true);
  });

  it.each(['src/lock.ts', 'src/vendors.ts', 'mapping.js', '.env', 'go.mod'])('leaves %s', (path) => {
    expect(isGenerated(path, 'text\n')).toBe(false);
  });

  const long = 'x=1;'.repeat(5000);

  it('tells minified code by its lines, also behind a licence', () => {
    expect(isGenerated('bundle.js', long)).toBe(true);
    expect(isGenerated('bundle.js', `/* MIT */\nfunction a() {}\n${long}\n`)).toBe(true);
  });

  it('leaves code that holds one long line among many', () => {
    expect(isGenerated('a.ts', `const icon = '${'A'.repeat(6000)}';\n${'const a = 1;\n'.repeat(2000)}`)).toBe(false);
  });

  it('leaves data, whose lines may be long', () => {
    for (const name of ['data.json', 'terraform.tfstate', 'login.har', 'settings.xml']) expect(isGenerated(name, long)).toBe(false);
  });

  it('leaves notebooks, whatever images stand in their outputs', () => {
    expect(isGenerated('analysis.ipynb', `{"outputs":[{"data":{"image/png":"${'A'.repeat(90_000)}"}}]}\n`)).toBe(false);
  });
});
