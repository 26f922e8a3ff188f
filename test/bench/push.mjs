// What the pre-push hook costs over a thousand commits, most of which were scanned before.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const COMMITS = 1000;
/** Commits that were not scanned before. */
const NEW = 10;
const FILES = 2000;
const PER_FOLDER = 10;

const pathOf = (file) => `src/part${Math.floor(file / (PER_FOLDER * 10))}/module${Math.floor(file / PER_FOLDER)}/file${file}.js`;
const textOf = (file, round) => `export const value${file} = ${round};\n`.repeat(40);

/** A project of two thousand files in folders, and a thousand commits that change three each. */
function createHistory(top, env) {
  mkdirSync(top);
  const lines = [];
  const data = (text) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const commit = (number, files) => {
    lines.push(`commit refs/heads/main\ncommitter Ada <ada@example.com> ${1_700_000_000 + number} +0000\n${data(`change ${number}`)}`);
    for (const file of files) lines.push(`M 100644 inline ${pathOf(file)}\n${data(textOf(file, number))}`);
    lines.push('\n');
  };
  commit(
    0,
    Array.from({ length: FILES }, (_, i) => i),
  );
  for (let i = 1; i <= COMMITS; i++) commit(i, new Set([(i * 7) % FILES, (i * 13) % FILES, (i * 29) % FILES]));
  const git = (args, input) => execFileSync('git', args, { cwd: top, env, input }).toString().trim();
  git(['init', '--quiet']);
  git(['fast-import', '--quiet'], lines.join(''));
  git(['remote', 'add', 'origin', 'url']);
  git(['update-ref', 'refs/remotes/origin/main', `main~${COMMITS}`]);
  return git;
}

/**
 * @param measure runs commands in turn, to the median milliseconds of each
 * @returns times and ratios
 */
export function benchPush({ measure, folder, env, bin }) {
  const top = join(folder, 'push');
  const git = createHistory(top, env);
  const kept = join(folder, 'kept');
  const records = join(top, '.git', 'code-guardian');
  const run = (file, args, input = '') => {
    const { status, stderr, stdout } = spawnSync(file, args, { cwd: top, env, input, maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}: ${stderr}${stdout}`);
  };
  run(process.execPath, [bin, 'install', '--hook', 'pre-push']);
  const push = (name) =>
    run(join(top, '.git/hooks/pre-push'), ['origin', 'url'], `main ${git(['rev-parse', name])} refs/heads/main ${'0'.repeat(40)}\n`);
  const restore = (from) => {
    rmSync(records, { recursive: true, force: true });
    if (from !== null) cpSync(from, records, { recursive: true });
  };

  push(`main~${NEW}`);
  cpSync(records, kept, { recursive: true });
  push('main');
  cpSync(records, `${kept}-all`, { recursive: true });
  const line = `main ${git(['rev-parse', 'main'])} refs/heads/main ${'0'.repeat(40)}\n`;
  const hook = () => run(join(top, '.git/hooks/pre-push'), ['origin', 'url'], line);
  const times = measure({
    'node, empty program': { run: () => run(process.execPath, ['-e', '0']) },
    'git rev-list --objects': { run: () => run('git', ['rev-list', '--objects', 'main', '--not', '--remotes=origin']) },
    [`${COMMITS} commits, all seen before`]: { prepare: () => restore(`${kept}-all`), run: hook },
    [`${COMMITS} commits, ${NEW} of them new`]: { prepare: () => restore(kept), run: hook },
    [`${COMMITS} commits, none seen before`]: { prepare: () => restore(null), run: hook },
  });
  const beside = (name) => (times[name] - times['node, empty program']) / times['git rev-list --objects'];
  return {
    times,
    ratios: {
      '(all seen - node) / rev-list --objects': beside(`${COMMITS} commits, all seen before`),
      [`(${NEW} new - node) / rev-list --objects`]: beside(`${COMMITS} commits, ${NEW} of them new`),
    },
  };
}
