const LOCK_FILES = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
  'composer.lock',
  'gemfile.lock',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'pipfile.lock',
  'cargo.lock',
  'go.sum',
  'go.work.sum',
  'gradle.lockfile',
  'podfile.lock',
  'package.resolved',
  'flake.lock',
  '.terraform.lock.hcl',
  'packages.lock.json',
  'mix.lock',
  'pubspec.lock',
  'conan.lock',
  'verification-metadata.xml',
]);

const GENERATED_NAME =
  /\.(?:min\.(?:js|css|mjs|cjs)|map|snap|svg|bundle\.js|chunk\.js|pb\.go|sum|sha(?:1|256|512)sums?|ipynb_checkpoints)$/i;
const VENDORED = /(?:^|\/)(?:node_modules|vendor|bower_components|site-packages|third_party|Pods)\//;
/** Data files have long lines anyway, and so have notebooks with images and HTTP recordings. */
const DATA_NAME =
  /\.(?:txt|json[5lc]?|ndjson|ya?ml|toml|env|ini|conf|cfg|properties|xml|md|log|sql|pem|key|csv|tsv|ipynb|har|tfstate|tfvars|http)$/;
/** A line longer than this is minified or generated text. */
const MINIFIED_LINE = 5000;
/** How many characters of a file are read: a bundle begins with a license comment and helpers. */
const PROBE = 64 * 1024;

/** Lock files, vendored, minified and generated code: random-looking values are normal there. */
export function isGenerated(path: string, text: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (LOCK_FILES.has(name) || GENERATED_NAME.test(name) || VENDORED.test(path)) return true;
  return !DATA_NAME.test(name) && isMinified(text);
}

/** Is the beginning of a text mostly overlong lines? */
function isMinified(text: string): boolean {
  let overlong = 0;
  let start = 0;
  while (start < Math.min(text.length, PROBE)) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (end - start > MINIFIED_LINE) overlong += end - start;
    start = end + 1;
  }
  return overlong * 2 > start;
}

/** Names of build output. */
const BUILT_NAME =
  /(?:^|\/)(?:dist|\.next|\.nuxt|\.output|storybook-static)\/|\.(?:umd|iife|esm|amd|global|bundled|packed|d)\.[cm]?[jt]s$/i;
/** What generators write at the top of a file: a notice, or their helpers. */
const BUILT_HEAD =
  /^.{0,4}(?:Code )?generated (?:by|from)\b|@generated\b|\bDO NOT EDIT\b|^Object\.defineProperty\(exports, ?["']__esModule["']|\b__esModule["'],\s?\{\s?value:\s?(?:true|!0)|\bwebpackBootstrap\b|__webpack_require__|^var __(?:defProp|create|getOwnPropNames) = Object\.|^\s*\(?function \(global, factory\)/im;
const BUILT_TAIL = /^\/[/*][#@] sourceMappingURL=/m;
/** Rollup's wrapper, with empty lines that formatters remove, or with the function names that Babel adds. */
const WRAPPED = /^\(function \(\) \{\n\s+'use strict';\n\n/;
const WRAPPED_TO_END = /\n\n\}\)\(\);\s*$/;
const NAMED_TWICE = /\b(\w+)(?:: | = )function \1\(/;
/** A module that is defined with its own name comes from a bundler. */
const NAMED_MODULE = /^[ \t]*(?:\w{1,20}\.)?define\(["'][\w./-]{1,80}["'], ?\[/m;
/** How many characters at the beginning and at the end of a file show which tool wrote it. */
const HEAD = 4096;
const TAIL = 512;

/**
 * Output of compilers and bundlers: its code was written elsewhere. Wider than {@link isGenerated}, for rules about how code is written; a
 * secret in a bundle is as public as one in its source.
 */
export function isBuilt(path: string, text: string): boolean {
  if (BUILT_NAME.test(path) || BUILT_HEAD.test(text.slice(0, HEAD)) || BUILT_TAIL.test(text.slice(-TAIL))) return true;
  const beginning = text.slice(0, PROBE);
  return (
    (beginning.includes('define(') && NAMED_MODULE.test(beginning)) ||
    (WRAPPED.test(beginning) && (WRAPPED_TO_END.test(text.slice(-TAIL)) || NAMED_TWICE.test(beginning)))
  );
}
