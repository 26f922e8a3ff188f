import { callsUs } from './guest-command.ts';
import type { HookFile } from './hook-file.ts';

/** One change of the file system or of the repository's config. Each leaves the old state or the new one, whenever it is stopped. */
export type Step =
  | { readonly kind: 'make-folder'; readonly path: string }
  /** Gives a file a second name; the first stays. */
  | { readonly kind: 'keep'; readonly path: string; readonly as: string }
  /** Puts content (a character a byte) in place of whatever is there. */
  | { readonly kind: 'write'; readonly path: string; readonly content: string; readonly mode: number }
  /** Puts a symlink in place of whatever is there. */
  | { readonly kind: 'link'; readonly path: string; readonly to: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  /** Removes a folder, unless something is in it. */
  | { readonly kind: 'remove-folder'; readonly path: string }
  /** Runs git. */
  | { readonly kind: 'git'; readonly args: readonly string[] };

/** What a plan does about one hook, for people. */
export interface Note {
  readonly hook: string;
  /** What all hooks with the same fate have in common: `installed in .git/hooks`. */
  readonly heading: string;
  /** Whether that is a change, or was so before. */
  readonly isChange: boolean;
  /** What is to be said of this hook besides. */
  readonly details?: readonly string[];
}

export interface Plan {
  readonly steps: readonly Step[];
  readonly notes: readonly Note[];
  /** What is left for people to do; whole paragraphs. */
  readonly advice?: readonly string[];
}

/** What an installation of one hook starts from. */
export interface HookState {
  readonly hook: string;
  /** Folder of the hook. */
  readonly folder: string;
  /** The folder as people name it. */
  readonly place: string;
  readonly file: HookFile;
  /** Originals put aside before, oldest first, with what they are; without those of `movedAside`. */
  readonly originals: readonly { readonly name: string; readonly identity: string | null }[];
  /** Names of files that a stopped run left half written. */
  readonly leftovers: readonly string[];
  /** Shims of ours that a manager moved aside, and the originals that those run first; '' where there is none. */
  readonly movedAside: readonly { readonly name: string; readonly original: string }[];
  /** Text of the hook that is not ours, wherever it is now; '' where there is none. */
  readonly theirs: string;
  /** Name for one more original. */
  readonly freeName: string;
}

/**
 * What has to be done for a hook to be ours, with the one that is there chained.
 *
 * @param shimFor the shim's text for the name of the original; '' where there is none
 */
export function planInstall(state: HookState, shimFor: (original: string) => string): Plan {
  return swept(state, planShim(state, shimFor));
}

/** Name of the original that our hook runs first, once it is in place; '' where there is none. */
export function originalFor({ file, originals, freeName }: HookState): string {
  if (file.kind !== 'foreign') return file.kind === 'ours' ? file.original : '';
  // A run that was stopped may have put it aside already.
  return originals.find(({ identity }) => identity === file.identity)?.name ?? freeName;
}

function planShim(state: HookState, shimFor: (original: string) => string): Plan {
  const { hook, folder, place, file } = state;
  const path = `${folder}/${hook}`;
  const write = (original: string): Step => ({ kind: 'write', path, content: shimFor(original), mode: 0o755 });
  const installed = { hook, heading: `installed in ${place}`, isChange: true };
  switch (file.kind) {
    case 'none':
      return { steps: [write('')], notes: [installed] };
    case 'ours':
      if (file.content === shimFor(file.original)) {
        return { steps: [], notes: [{ hook, heading: `already installed in ${place}`, isChange: false }] };
      }
      return { steps: [write(file.original)], notes: [{ hook, heading: `brought up to date in ${place}`, isChange: true }] };
    case 'foreign': {
      if (file.isExecutable && callsUs(file.text, hook)) {
        return { steps: [], notes: [{ hook, heading: `already installed by hand in ${place}`, isChange: false }] };
      }
      const name = originalFor(state);
      return {
        steps: [...(name === state.freeName ? [{ kind: 'keep', path, as: `${folder}/${name}` } as const] : []), write(name)],
        notes: [{ ...installed, details: [fateOf(file.isExecutable, name)] }],
      };
    }
  }
}

function fateOf(isExecutable: boolean, name: string): string {
  return isExecutable
    ? `the hook that was there runs first (${name})`
    : `the file that was there is kept; it is not executable, so git did not run it and we do not (${name})`;
}

/** What has to be done for a hook to be as it was before us. */
export function planUninstall(state: HookState): Plan {
  return swept(state, planReturn(state));
}

function swept({ folder, leftovers, movedAside }: HookState, { steps, notes }: Plan): Plan {
  const remove = (name: string): Step => ({ kind: 'remove', path: `${folder}/${name}` });
  const giveBack = ({ name, original }: HookState['movedAside'][number]): Step =>
    original === '' ? remove(name) : { kind: 'rename', from: `${folder}/${original}`, to: `${folder}/${name}` };
  return { steps: [...leftovers.map(remove), ...steps, ...movedAside.map(giveBack)], notes };
}

function planReturn({ hook, folder, place, file, originals }: HookState): Plan {
  const path = `${folder}/${hook}`;
  const stray = (names: readonly string[]): string[] => names.map((name) => `${name} is left where it is`);
  const names = originals.map(({ name }) => name);
  if (file.kind !== 'ours') {
    // A run that was stopped had put the hook aside, but not yet taken its place.
    const doubles = file.kind === 'foreign' ? originals.filter(({ identity }) => identity === file.identity).map(({ name }) => name) : [];
    const heading = file.kind === 'none' || doubles.length > 0 ? 'not installed' : 'not ours, left as it is';
    return {
      steps: doubles.map((name): Step => ({ kind: 'remove', path: `${folder}/${name}` })),
      notes: [{ hook, heading, isChange: false, details: stray(names.filter((name) => !doubles.includes(name))) }],
    };
  }
  const { original } = file;
  const heading = `taken out of ${place}`;
  if (original !== '' && names.includes(original)) {
    const details = ['the hook that was there before is back', ...stray(names.filter((name) => name !== original))];
    return {
      steps: [{ kind: 'rename', from: `${folder}/${original}`, to: path }],
      notes: [{ hook, heading, isChange: true, details }],
    };
  }
  return { steps: [{ kind: 'remove', path }], notes: [{ hook, heading, isChange: true, details: stray(names) }] };
}

/** Plans after one another. */
export function joined(plans: readonly Plan[]): Plan {
  return {
    steps: plans.flatMap(({ steps }) => steps),
    notes: plans.flatMap(({ notes }) => notes),
    advice: plans.flatMap(({ advice = [] }) => advice),
  };
}
