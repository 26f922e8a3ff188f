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
