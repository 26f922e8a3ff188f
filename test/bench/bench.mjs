// Measures what the tool costs, side by side with what it is compared to, in one run: `npm run bench [-- --runs N]`.
// Prints medians and ratios and writes bench.json. The machine may be noisy: believe the ratios.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchEngine } from './engine.mjs';
import { benchPush } from './push.mjs';

const bin = fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url));
const runs = Number(process.argv[process.argv.indexOf('--runs') + 1]) || 21;
const folder = mkdtempSync(join(tmpdir(), 'code-guardian-bench-'));
// Node 20 reads this file at every start; the shim unsets it too.
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
for (const [who, name] of [
  ['AUTHOR', 'Ada'],
  ['COMMITTER', 'Ada'],
]) {
  env[`GIT_${who}_NAME`] = name;
  env[`GIT_${who}_EMAIL`] = 'ada@example.com';
}
delete env.NODE_EXTRA_CA_CERTS;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Runs each command in turn, round by round. Returns the median milliseconds of each. */
function measure(commands) {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = -4; round < runs; round++) {
    for (const [name, { prepare, run }] of Object.entries(commands)) {
      prepare?.(round);
      const start = performance.now();
      run(round);
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

function command(cwd, file, ...args) {
  return commandIn(env, cwd, file, ...args);
}

function commandIn(env, cwd, file, ...args) {
  const { status, stderr } = spawnSync(file, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}: ${stderr}`);
}

function repository(name, hook, { variables = {}, pause = 0 } = {}) {
  const top = join(folder, name);
  mkdirSync(top);
  const git = (...args) => execFileSync('git', args, { cwd: top, env, stdio: 'pipe' });
  git('init', '--quiet');
  for (let i = 0; i < 50; i++) writeFileSync(join(top, `file${i}.js`), `export const value${i} = ${i};\n`.repeat(40));
  git('add', '--all');
  git('commit', '--quiet', '--message', 'start');
  if (hook === 'install') execFileSync(process.execPath, [bin, 'install'], { cwd: top, env, stdio: 'pipe' });
  else if (hook !== undefined) {
    writeFileSync(join(top, '.git/hooks/pre-commit'), hook);
    chmodSync(join(top, '.git/hooks/pre-commit'), 0o755);
  }
  return {
    prepare(round) {
      // What the hook before has left running has to end first.
      if (pause > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
      for (const i of [1, 2, 3])
        writeFileSync(join(top, `file${i}.js`), `export const value${i} = ${round};\nexport const name = 'n${round}';\n`.repeat(20));
      git('add', '--all');
    },
    run: () => commandIn({ ...env, ...variables }, top, 'git', 'commit', '--quiet', '--message', 'change'),
  };
}

function benchStartUp() {
  const empty = join(folder, 'empty.cjs');
  writeFileSync(empty, '');
  const times = measure({
    'node, empty program': { run: () => command(folder, process.execPath, empty) },
    'code-guardian --version': { run: () => command(folder, process.execPath, bin, '--version') },
  });
  return { times, ratios: { 'version / node': times['code-guardian --version'] / times['node, empty program'] } };
}

function benchCommit() {
  const empty = join(folder, 'empty.cjs');
  const times = measure({
    'no hook': repository('none'),
    'sh and an empty node program': repository('floor', `#!/bin/sh\nexec "${process.execPath}" "${empty}"\n`),
    'git diff | wc -c': repository('diff', '#!/bin/sh\ngit diff --cached | wc -c >/dev/null\n'),
    'code-guardian': repository('ours', 'install'),
  });
  const added = (name) => times[name] - times['no hook'];
  return {
    times,
    ratios: { 'added / added by sh and an empty node program': added('code-guardian') / added('sh and an empty node program') },
  };
}

/** With a log, a textfile, and a receiver of traces and metrics. */
function benchPublishing() {
  const variables = {
    CODE_GUARDIAN_MONITORING_TEXTFILE: join(folder, 'metrics.prom'),
    CODE_GUARDIAN_LOGGING_FILE: join(folder, 'log.jsonl'),
    CODE_GUARDIAN_LOGGING_FORMAT: 'json',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
  };
  const times = measure({
    'no hook': repository('none-quiet', undefined, { pause: 1600 }),
    'code-guardian': repository('plain', 'install', { pause: 1600 }),
    'the same, publishing': repository('publishing', 'install', { variables, pause: 1600 }),
  });
  const added = (name) => times[name] - times['no hook'];
  return { times, ratios: { 'added while publishing / added': added('the same, publishing') / added('code-guardian') } };
}

const push = benchPush({ measure, folder, env, bin });
const result = {
  node: process.version,
  runs,
  startUp: benchStartUp(),
  commit: benchCommit(),
  publishing: benchPublishing(),
  push,
  engine: await benchEngine(),
};
for (const [section, { times, ratios }] of Object.entries(result).filter(([, value]) => typeof value === 'object')) {
  console.log(`\n${section}`);
  for (const [name, value] of Object.entries(times)) console.log(`  ${name.padEnd(48)} ${value.toFixed(1)} ms`);
  for (const [name, value] of Object.entries(ratios)) console.log(`  ${name.padEnd(48)} ${value.toFixed(2)}`);
}
writeFileSync('bench.json', `${JSON.stringify(result, null, 2)}\n`);
rmSync(folder, { recursive: true, force: true, maxRetries: 9 });
