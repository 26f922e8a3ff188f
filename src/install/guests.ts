import { join } from 'node:path';
import { callsUs, guestCommand } from './guest-command.ts';
import { managerOf, MANAGERS } from './managers/all.ts';
import { type ConfigFile, isCalledBy, readConfigFile } from './managers/config-file.ts';
import type { GuestCommands, Manager } from './managers/manager.ts';
import { type HookState, joined, type Plan, type Step } from './plan.ts';

/** A hook manager in a repository. */
interface Host {
  readonly manager: Manager;
  readonly file: ConfigFile | null;
  /** The hooks that it has installed. */
  readonly inPlace: ReadonlySet<string>;
}

/** What to do with the managers of a repository. */
export interface GuestRequest {
  readonly top: string;
  readonly states: readonly HookState[];
  /** code-guardian is installed in the repository, not globally. */
  readonly isLocal: boolean;
  /** Whether we may edit their config files. */
  readonly isWriting: boolean;
}

/** The plan for the managers. */
export interface GuestPlan extends Plan {
  /** Hooks at which a manager calls us: they need no hook of our own. */
  readonly called: ReadonlySet<string>;
}

/**
 * Reads the managers of a repository and plans the calls from them.
 *
 * @throws GuardianError FILE_SYSTEM or PERMISSION_DENIED
 */
export function planGuests(request: GuestRequest): GuestPlan {
  const plans = findHosts(request).map((host) => planGuest(host, request));
  return { ...joined(plans), called: new Set(plans.flatMap(({ called }) => [...called])) };
}

/** Managers that have installed hooks; otherwise the first that is configured and may install some. */
function findHosts({ top, states }: GuestRequest): Host[] {
  const installed = MANAGERS.map((manager) => ({
    manager,
    file: readConfigFile(top, manager),
    inPlace: new Set(states.filter(({ theirs }) => managerOf(theirs) === manager).map(({ hook }) => hook)),
  }));
  const active = installed.filter(({ inPlace }) => inPlace.size > 0);
  const dormant = installed.filter(({ manager, file }) => file !== null && manager.refresh !== null);
  return active.length > 0 ? active : dormant.slice(0, 1);
}

function planGuest(host: Host, { top, states, isLocal, isWriting }: GuestRequest): GuestPlan {
  const { manager, file, inPlace } = host;
  const isMeant = (hook: string): boolean => inPlace.size === 0 || manager.deletesOthers === true || inPlace.has(hook);
  const hooks = states.map(({ hook }) => hook).filter((hook) => manager.hooks.includes(hook) && isMeant(hook));
  const missing = hooks.filter((hook) => file === null || !isCalledBy(manager, file, hook));
  const commands = new Map(missing.map((hook) => [hook, guestCommand(hook, isLocal)]));
  const name = file?.name ?? manager.usualFile;
  const edited = isWriting && file !== null && missing.length > 0 ? edit(manager, file, commands) : null;

  const isIn = (hook: string): boolean => hooks.includes(hook) && (edited !== null || !missing.includes(hook));
  const isActive = ({ hook, theirs }: HookState): boolean => inPlace.has(hook) && (manager.isBaked !== true || callsUs(theirs, hook));
  const called = new Set(states.filter((state) => isIn(state.hook) && isActive(state)).map(({ hook }) => hook));
  const isOpen = hooks.some((hook) => !called.has(hook));
  const old = hooks.filter((hook) => called.has(hook) && !missing.includes(hook));
  return {
    steps: edited === null ? [] : [writeOf(top, file!, edited)],
    notes: [
      ...(edited === null ? [] : missing).map((hook) => ({ hook, heading: `Installed in ${name}`, isChange: true })),
      ...old.map((hook) => ({ hook, heading: `Already installed in ${name}`, isChange: false })),
    ],
    advice: missing.length === 0 ? [] : edited === null ? [invite(host, name, commands, isWriting)] : closing(manager, missing, isOpen),
    called,
  };
}

/** Null if we cannot edit this form of the file, or could not remove our part again byte for byte. */
function edit(manager: Manager, file: ConfigFile, commands: GuestCommands): string | null {
  const text = file.isWritable ? manager.add(file.text, file.name, commands) : null;
  const without = manager.remove(file.text, file.name);
  if (text === null || without === null || manager.remove(text, file.name) !== without) return null;
  return [...commands.keys()].every((hook) => isCalledBy(manager, { name: file.name, text }, hook)) ? text : null;
}

/** The advice once we are in its config. */
function closing({ name, refresh, caveat, isBaked, wantsRefresh }: Manager, hooks: readonly string[], isOpen: boolean): string[] {
  const why = isBaked === true ? `: the hooks of ${name} contain the config from its last run` : '';
  const next = refresh !== null && (isOpen || wantsRefresh === true) ? `Now run \`${refresh}\`${why}.` : null;
  const said = [next, caveat?.(hooks) ?? null].filter((sentence) => sentence !== null);
  return said.length > 0 ? [said.join(' ')] : [];
}

function invite({ manager, inPlace }: Host, file: string, commands: GuestCommands, isWriting: boolean): string {
  const { name, deletesOthers, snippet } = manager;
  const what = inPlace.size > 0 ? `${name} has installed hooks` : `${name} is configured in ${file}, but has not installed its hooks yet`;
  const danger = deletesOthers === true ? 'deletes other hooks' : 'may remove ours';
  const way = isWriting
    ? `${file} could not be edited. Add by hand:`
    : `To let it call code-guardian: \`code-guardian install --write\`, or add to ${file}:`;
  return `${what}; its next installation ${danger}. ${way}\n\n${snippet(file, commands).replace(/^(?=.)/gm, '  ')}`;
}

/** Removes our part from all config files. */
export function planGuestRemoval(top: string): Plan {
  // Several managers may share one file.
  const edited = new Map<string, string>();
  return joined(
    MANAGERS.map((manager) => {
      const file = readConfigFile(top, manager);
      if (file === null) return { steps: [], notes: [] };
      const before = edited.get(file.name) ?? file.text;
      const text = manager.remove(before, file.name);
      if (text === before) return { steps: [], notes: [] };
      if (text === null || !file.isWritable) {
        return { steps: [], notes: [], advice: [`${file.name}: our lines were changed since the installation. Remove them by hand.`] };
      }
      edited.set(file.name, text);
      const hooks = manager.hooks.filter((hook) => isCalledBy(manager, { ...file, text: before }, hook));
      return {
        steps: [writeOf(top, file, text)],
        notes: hooks.map((hook) => ({ hook, heading: `Removed from ${file.name}`, isChange: true })),
        advice: manager.wantsRefresh === true ? [`Now run \`${manager.refresh}\`.`] : [],
      };
    }),
  );
}

function writeOf(top: string, { name, mode }: ConfigFile, text: string): Step {
  return { kind: 'write', path: join(top, name), content: Buffer.from(text, 'utf8').toString('latin1'), mode };
}
