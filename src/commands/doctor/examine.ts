import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { stateFolder } from '../../disk/state-folder.ts';
import type { Host } from '../../host/host.ts';
import { openGit } from '../../git/client.ts';
import { judgeEnvironment } from '../../health/environment.ts';
import { isWritable, judgePermissions, listOpen } from '../../health/permissions.ts';
import { judgeRuntime } from '../../health/runtime.ts';
import { judgeGit, judgeNode, knowsConfigHooks, parseGitVersion } from '../../health/versions.ts';
import { type ListedWorktree, parseWorktrees } from '../../health/worktrees.ts';
import { type Check, type HealthReport, judgeHealth } from '../../report/health-report.ts';
import { count } from '../../report/text-layout.ts';
import { VERSION } from '../../host/version.ts';
import { failed } from './attempt.ts';
import { examineConfig } from './examine-config.ts';
import { type ExaminedHooks, examineHooks, type HooksContext } from './examine-hooks.ts';
import { shownFrom, wordFrom } from './read-hooks.ts';
import { openWorktree, type Worktree, withoutPlace } from './worktree.ts';

/** Checks everything that the hooks need to run, in every worktree of the repository. */
export async function examine(host: Host): Promise<HealthReport> {
  const script = realpathSync(host.script);
  const checks: Check[] = [];
  const unchecked = (...last: readonly Check[]): HealthReport => ({ version: VERSION, status: 'unchecked', checks: [...checks, ...last] });

  const node = judgeNode(process.version, readEngines(script));
  let version: string | null;
  try {
    version = parseGitVersion((await openGit(host.cwd, host.env).read(['version'])).toString());
  } catch (thrown) {
    return unchecked(failed('git', thrown), node);
  }
  checks.push(judgeGit(version), node);

  let worktree: Worktree;
  let others: readonly ListedWorktree[];
  try {
    worktree = await openWorktree(host.cwd, host.env);
    others = await listOthers(worktree);
    checks.push(await describe(worktree, others.length));
  } catch (thrown) {
    return unchecked(failed('repository', thrown));
  }

  checks.push(...(await examineRepository(host, worktree, others, { script, knowsConfigHooks: knowsConfigHooks(version) })));
  return { version: VERSION, status: judgeHealth(checks), checks };
}

async function examineRepository(
  host: Host,
  worktree: Worktree,
  others: readonly ListedWorktree[],
  { script, knowsConfigHooks }: { readonly script: string; readonly knowsConfigHooks: boolean },
): Promise<Check[]> {
  const { place, top, commonDir } = worktree;
  const config = await examineConfig(host, place.folder, top);
  const context: HooksContext = {
    cwd: host.cwd,
    knowsConfigHooks,
    isSearched: config.isSearched,
    script,
    initFile: join(host.env['XDG_CONFIG_HOME'] || join(host.env['HOME'] || homedir(), '.config'), 'code-guardian/init.sh'),
  };
  // A bare repository with worktrees belongs to a developer, not to a server.
  const hooks = top === null && others.length > 0 ? NO_HOOKS : await examineHooks(worktree, context);
  const elsewhere = await examineOthers(others, host.env, context, hooks.paths);
  const runtimes = [...hooks.runtimes, ...elsewhere.runtimes];
  const programs = runtimes.flatMap((runtime) => runtime.script ?? []);
  const files = new Set([...hooks.paths, ...hooks.paths.map((path) => dirname(path)), ...programs, ...config.files]);
  const open = listOpen([...files]).map((path) => ({ path: shownFrom(worktree, path), word: wordFrom(host.cwd, path) }));
  return [
    ...hooks.checks,
    judgeRuntime(runtimes, VERSION),
    ...config.checks,
    judgePermissions(open, isWritable(stateFolder(commonDir), commonDir)),
    judgeEnvironment(host.env),
    ...elsewhere.checks,
  ];
}

const NO_HOOKS: ExaminedHooks = { checks: [], paths: [], runtimes: [] };

/** The Node range in package.json. */
function readEngines(script: string): string {
  const { engines } = JSON.parse(readFileSync(join(script, '../../package.json'), 'utf8')) as { engines: { node: string } };
  return engines.node;
}

/**
 * All other worktrees, without a bare main repository. For a main worktree in another folder, as in a submodule, git lists the git directory
 * instead.
 */
async function listOthers({ git, place, commonDir }: Worktree): Promise<ListedWorktree[]> {
  const listed = parseWorktrees((await git.read(['worktree', 'list', '--porcelain'])).toString());
  return listed.filter(({ path, isBare }) => !isBare && path !== place.folder && path !== commonDir);
}

async function describe({ git, top, place }: Worktree, others: number): Promise<Check> {
  const parent = top === null ? '' : (await git.read(['rev-parse', '--show-superproject-working-tree'])).toString().trim();
  const facts = [
    ...(top === null ? ['bare'] : []),
    ...(parent === '' ? [] : [`a submodule of ${parent}`]),
    ...(others === 0 ? [] : [count(others, 'other worktree')]),
  ];
  return { name: 'repository', status: 'ok', detail: [place.folder, ...facts].join(', ') };
}

async function examineOthers(
  others: readonly ListedWorktree[],
  env: NodeJS.ProcessEnv,
  context: HooksContext,
  known: readonly string[],
): Promise<Omit<ExaminedHooks, 'paths'>> {
  const examined: Omit<ExaminedHooks, 'paths'>[] = [];
  for (const { path } of others) {
    if (!existsSync(path)) {
      examined.push({
        checks: [{ name: 'repository', status: 'skipped', detail: 'its folder does not exist', worktree: path }],
        runtimes: [],
      });
      continue;
    }
    const { checks, runtimes } = await openWorktree(path, withoutPlace(env)).then(
      (worktree) => examineHooks(worktree, context, known),
      (thrown: unknown) => ({ checks: [failed('repository', thrown)], runtimes: [] }),
    );
    examined.push({ checks: checks.map((check) => ({ ...check, worktree: path })), runtimes });
  }
  return { checks: examined.flatMap(({ checks }) => checks), runtimes: examined.flatMap(({ runtimes }) => runtimes) };
}
