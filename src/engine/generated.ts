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
/** Data has long lines of its own; so have notebooks, with the images of their outputs, and recordings of HTTP. */
const DATA_NAME =
  /\.(?:txt|json[5lc]?|ndjson|ya?ml|toml|env|ini|conf|cfg|properties|xml|md|log|sql|pem|key|csv|tsv|ipynb|har|tfstate|tfvars|http)$/;
/** A line longer than this is minified or generated text. */
const MINIFIED_LINE = 5000;
/** How much of a file is looked at: a bundle begins with a comment about its licence, and helpers. */
const PROBE = 64 * 1024;

/** Lock files, vendored, minified and generated code: a place where random-looking values are the rule. */
export function isGenerated(path: string, text: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (LOCK_FILES.has(name) || GENERATED_NAME.test(name) || VENDORED.test(path)) return true;
  return !DATA_NAME.test(name) && isMinified(text);
}

/** Do overlong lines make up most of a text's beginning? */
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

/** Names that builds give to what they write. */
const BUILT_NAME =
  /(?:^|\/)(?:dist|\.next|\.nuxt|\.output|storybook-static)\/|\.(?:umd|iife|esm|amd|global|bundled|packed|d)\.[cm]?[jt]s$/i;
/** What generators say at the top: of themselves, or by the helpers that they put there. */
const BUILT_HEAD =
  /^.{0,4}(?:Code )?generated (?:by|from)\b|@generated\b|\bDO NOT EDIT\b|^Object\.defineProperty\(exports, ?["']__esModule["']|\b__esModule["'],\s?\{\s?value:\s?(?:true|!0)|\bwebpackBootstrap\b|__webpack_require__|^var __(?:defProp|create|getOwnPropNames) = Object\.|^\s*\(?function \(global, factory\)/im;
const BUILT_TAIL = /^\/[/*][#@] sourceMappingURL=/m;
/** Rollup's wrapper, with the empty lines that formatters take out, or with the names that Babel gives to functions. */
const WRAPPED = /^\(function \(\) \{\n\s+'use strict';\n\n/;
const WRAPPED_TO_END = /\n\n\}\)\(\);\s*$/;
const NAMED_TWICE = /\b(\w+)(?:: | = )function \1\(/;
/** A module that says its own name was put into a bundle. */
const NAMED_MODULE = /^[ \t]*(?:\w{1,20}\.)?define\(["'][\w./-]{1,80}["'], ?\[/m;
/** How much of a file's beginning, and of its end, says who wrote it. */
const HEAD = 4096;
const TAIL = 512;

/**
 * Compilers' and bundlers' output: what stands in it was written elsewhere. Wider than {@link isGenerated}, for rules about how code is
 * written; a secret in a bundle is as public as one in its source.
 */
export function isBuilt(path: string, text: string): boolean {
  if (BUILT_NAME.test(path) || BUILT_HEAD.test(text.slice(0, HEAD)) || BUILT_TAIL.test(text.slice(-TAIL))) return true;
  const beginning = text.slice(0, PROBE);
  return (
    (beginning.includes('define(') && NAMED_MODULE.test(beginning)) ||
    (WRAPPED.test(beginning) && (WRAPPED_TO_END.test(text.slice(-TAIL)) || NAMED_TWICE.test(beginning)))
  );
}
