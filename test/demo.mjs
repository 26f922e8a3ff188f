// Two real commits in a repository of their own: one that must be stopped, and one that must pass. Exits 1 where either does not.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'code-guardian-demo-')));
const repository = join(folder, 'shop');
const isTerminal = process.stdout.isTTY === true;

// Put together here, so that no value of the kind stands in a file. It opens nothing: nobody issued it.
const body = createHash('sha256')
  .update('code-guardian demo')
  .digest('base64')
  .replaceAll(/[^A-Za-z0-9]/g, '')
  .slice(0, 24);
const key = ['sk', 'live', body].join('_');

// Nothing of the caller's git: neither hooks nor identity nor signing, nor what git itself sets for a hook this may run in.
const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:GIT_|CODE_GUARDIAN)/.test(name)));
const env = {
  ...inherited,
  HOME: folder,
  XDG_CONFIG_HOME: join(folder, '.config'),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  ...(isTerminal && process.env.NO_COLOR === undefined ? { FORCE_COLOR: '1' } : {}),
};

const problems = [];

try {
  mkdirSync(join(repository, 'src'), { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  step('The hook is installed');
  show('code-guardian install', run(process.execPath, [BIN, 'install']), 0);

  step('A commit with a live key in it: it must be stopped');
  writeFileSync(join(repository, 'src/pay.js'), `import Stripe from 'stripe';\n\nexport const stripe = new Stripe('${key}');\n`);
  git('add', '.');
  const stopped = run('git', ['commit', '-m', 'Take payments']);
  show('git commit -m "Take payments"', stopped, 1);
  if (git('log', '--all', '--oneline') !== '') problems.push('the commit was made all the same');
  if (stopped.text.includes(body)) problems.push('the value was shown');

  step('The same commit, with the key in the environment: it must pass');
  writeFileSync(
    join(repository, 'src/pay.js'),
    `import Stripe from 'stripe';\n\nexport const stripe = new Stripe(process.env.STRIPE_KEY);\n`,
  );
  git('add', '.');
  show('git commit -m "Take payments"', run('git', ['commit', '-m', 'Take payments']), 0);
  if (git('log', '--all', '--oneline').trim().split('\n').length !== 1) problems.push('there is not exactly one commit');
} catch (error) {
  problems.push(error instanceof Error ? error.message : String(error));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (problems.length === 0) {
  console.log('\nThe demo went as it should: one commit was stopped, one passed.');
} else {
  console.error(`\nThe demo did not go as it should:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  process.exitCode = 1;
}

function step(title) {
  console.log(`\n── ${title}\n`);
}

/** Shows what was typed and what came of it. */
function show(typed, { code, text }, expected) {
  console.log(`$ ${typed}\n${text.trimEnd()}\n[exit code ${code}]`);
  if (code !== expected) problems.push(`\`${typed}\` ended with ${code}, and not with ${expected}`);
}

function run(command, args) {
  // One file for both streams, so that they stand in the order they were written in.
  const file = join(folder, 'output');
  const output = openSync(file, 'w');
  const { status, error } = spawnSync(command, args, { cwd: repository, env, stdio: ['ignore', output, output] });
  closeSync(output);
  if (error !== undefined) throw error;
  return { code: status, text: readFileSync(file, 'utf8') };
}

function git(...args) {
  const { code, text } = run('git', args);
  if (code !== 0) throw new Error(`git ${args.join(' ')} ended with ${code}: ${text}`);
  return text;
}
