import { callsUs } from './guest-command.ts';
import type { HookFile } from './hook-file.ts';

/** One change of the file system or of the repository's config. If it is killed, it leaves either the old or the new state. */
export type Step =
  | { readonly kind: 'make-folder'; readonly path: string }
  /** Gives a file a second name and keeps the first. */
  | { readonly kind: 'keep'; readonly path: string; readonly as: string }
  /** Replaces a file. `content`: one character per byte. */
  | { readonly kind: 'write'; readonly path: string; readonly content: string; readonly mode: number }
  /** Replaces a file with a symlink. */
  | { readonly kind: 'link'; readonly path: string; readonly to: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  /** Removes a folder if it is empty. */
  | { readonly kind: 'remove-folder'; readonly path: string }
  /** Runs git. */
  | { readonly kind: 'git'; readonly args: readonly string[] };

/** What a plan does with one hook, for people. */
export interface Note {
  readonly hook: string;
  /** Shared by all hooks with the same result: `Installed in .git/hooks`. */
  readonly heading: string;
  /** Whether the plan changes anything for this hook. */
  readonly isChange: boolean;
  /** Details about this hook alone. */
  readonly details?: readonly string[];
}

export interface Plan {
  readonly steps: readonly Step[];
  readonly notes: readonly Note[];
  /** What the user has to do; whole paragraphs. */
  readonly advice?: readonly string[];
}

/** The current state of one hook. */
export interface HookState {
  readonly hook: string;
  /** Folder of the hook. */
  readonly folder: string;
  /** The folder, for messages. */
  readonly place: string;
  readonly file: HookFile;
  /** Saved originals, oldest first, without those of `movedAside`. */
  readonly originals: readonly { readonly name: string; readonly identity: string | null }[];
  /** Partial files of a killed run. */
  readonly leftovers: readonly string[];
  /** Our shims that a manager renamed, and the originals that they run first, or ''. */
  readonly movedAside: readonly { readonly name: string; readonly original: string }[];
  /** Text of the foreign hook, wherever it is now, or ''. */
  readonly theirs: string;
  /** Name for one more original. */
  readonly freeName: string;
}

/**
 * Plans our shim for a hook, with the existing hook chained.
 *
 * @param shimFor the shim's text for the name of the original, or ''
 */
export function planInstall(state: HookState, shimFor: (original: string) => string): Plan {
  return swept(state, planShim(state, shimFor));
}

/** Name of the original that our hook will run first, or ''. */
export function originalFor({ file, originals, freeName }: HookState): string {
  if (file.kind !== 'foreign') return file.kind === 'ours' ? file.original : '';
  // A killed run may have saved it already.
  return originals.find(({ identity }) => identity === file.identity)?.name ?? freeName;
}

function planShim(state: HookState, shimFor: (original: string) => string): Plan {
  const { hook, folder, place, file } = state;
  const path = `${folder}/${hook}`;
  const write = (original: string): Step => ({ kind: 'write', path, content: shimFor(original), mode: 0o755 });
  const installed = { hook, heading: `Installed in ${place}`, isChange: true };
  switch (file.kind) {
    case 'none':
      return { steps: [write('')], notes: [installed] };
    case 'ours':
      if (file.content === shimFor(file.original)) {
        return { steps: [], notes: [{ hook, heading: `Already installed in ${place}`, isChange: false }] };
      }
      return { steps: [write(file.original)], notes: [{ hook, heading: `Updated in ${place}`, isChange: true }] };
    case 'foreign': {
      if (file.isExecutable && callsUs(file.text, hook)) {
        return { steps: [], notes: [{ hook, heading: `Already installed by hand in ${place}`, isChange: false }] };
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
    ? `the existing hook runs first (${name})`
    : `the existing file is kept; it is not executable, so it does not run (${name})`;
}

/** Plans to restore a hook as it was before ours. */
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
  const stray = (names: readonly string[]): string[] => names.map((name) => `${name} is kept`);
  const names = originals.map(({ name }) => name);
  if (file.kind !== 'ours') {
    // A killed run had saved the hook, but not replaced it yet.
    const doubles = file.kind === 'foreign' ? originals.filter(({ identity }) => identity === file.identity).map(({ name }) => name) : [];
    const heading = file.kind === 'none' || doubles.length > 0 ? 'Not installed' : 'Not ours, unchanged';
    return {
      steps: doubles.map((name): Step => ({ kind: 'remove', path: `${folder}/${name}` })),
      notes: [{ hook, heading, isChange: false, details: stray(names.filter((name) => !doubles.includes(name))) }],
    };
  }
  const { original } = file;
  const heading = `Removed from ${place}`;
  if (original !== '' && names.includes(original)) {
    const details = ['the previous hook is restored', ...stray(names.filter((name) => name !== original))];
    return {
      steps: [{ kind: 'rename', from: `${folder}/${original}`, to: path }],
      notes: [{ hook, heading, isChange: true, details }],
    };
  }
  return { steps: [{ kind: 'remove', path }], notes: [{ hook, heading, isChange: true, details: stray(names) }] };
}

/** Concatenates plans. */
export function joined(plans: readonly Plan[]): Plan {
  return {
    steps: plans.flatMap(({ steps }) => steps),
    notes: plans.flatMap(({ notes }) => notes),
    advice: plans.flatMap(({ advice = [] }) => advice),
  };
}
