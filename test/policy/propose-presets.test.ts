import { describe, expect, it } from 'vitest';
import { manifestsIn, proposePresets } from '../../src/policy/propose-presets.ts';

const manifest = (...dependencies: readonly string[]): string =>
  JSON.stringify({ dependencies: Object.fromEntries(dependencies.map((name) => [name, '1'])) });

function presets(files: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(files);
  return proposePresets(names, new Map(manifestsIn(names).map((name) => [name, files[name]!]))).map(({ preset }) => preset);
}

describe('presets that are proposed', () => {
  it.each<[what: string, files: Record<string, string>, proposed: string[]]>([
    ['nothing', {}, []],
    ['a library', { 'package.json': manifest('lodash') }, []],
    ['React', { 'package.json': manifest('react', 'react-dom') }, ['web']],
    ['a page', { 'index.html': '' }, ['web']],
    ['Express', { 'package.json': manifest('express') }, ['backend']],
    ['both', { 'package.json': manifest('vue', 'fastify') }, ['fullstack']],
    ['a monorepo', { 'packages/ui/package.json': manifest('svelte'), 'packages/api/package.json': manifest('koa') }, ['fullstack']],
    ['React Native', { 'package.json': manifest('react', 'react-native'), 'android/app/src/main/AndroidManifest.xml': '' }, ['mobile']],
    ['Android', { 'app/src/main/AndroidManifest.xml': '', 'pom.xml': '' }, ['mobile']],
    ['iOS', { 'App.xcodeproj/project.pbxproj': '' }, ['mobile']],
    ['a Go tool', { 'go.mod': 'module a\n' }, ['systems']],
    ['a Go server', { 'go.mod': 'require github.com/gin-gonic/gin v1\n' }, ['backend']],
    ['a Rust server', { 'Cargo.toml': '[dependencies]\naxum = "0.7"\n' }, ['backend']],
    ['a Rust tool', { 'Cargo.toml': '[package]\n' }, ['systems']],
    ['C++', { 'CMakeLists.txt': '' }, ['systems']],
    ['C++ with a page', { 'CMakeLists.txt': '', 'index.html': '' }, ['systems', 'web']],
    ['Django', { 'manage.py': '', 'requirements.txt': '' }, ['backend']],
    [
      'what is somebody else’s, or a test',
      { 'node_modules/x/package.json': manifest('react'), 'test/fixtures/go.mod': '', 'vendor/Gemfile': '' },
      [],
    ],
    ['a manifest that is none', { 'package.json': '{"react' }, []],
  ])('%s', (_, files, proposed) => {
    expect(presets(files)).toEqual(['recommended', ...proposed]);
  });

  it('say why', () => {
    expect(proposePresets(['go.mod'], new Map([['go.mod', '']]))).toEqual([
      { preset: 'recommended', because: 'for every project' },
      { preset: 'systems', because: 'go.mod' },
    ]);
  });
});
