import type { HookFile } from './hook-file.ts';

/** One change of the file system. Each leaves the old state or the new one, whenever it is stopped. */
export type Step =
  | { readonly kind: 'make-folder'; readonly path: string }
  /** Gives a file a second name; the first stays. */
  | { readonly kind: 'keep'; readonly path: string; readonly as: string }
  /** Puts content (a character a byte) in place of whatever is there. */
  | { readonly kind: 'write'; readonly path: string; readonly content: string; readonly mode: number }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string };

export interface Plan {
  readonly steps: readonly Step[];
  /** For people: what was found, and what is done about it. */
  readonly notes: readonly string[];
}

/** What an installation of one hook starts from. */
export interface HookState {
  readonly hook: string;
  /** Folder of the hook. */
  readonly folder: string;
  readonly hasFolder: boolean;
  readonly file: HookFile;
  /** Originals put aside before, oldest first, with what they are. */
  readonly originals: readonly { readonly name: string; readonly identity: string | null }[];
  /** Names of files that a stopped run left half written. */
  readonly leftovers: readonly string[];
  /** Name for one more original. */
  readonly freeName: string;
}

/** Snippets for whoever writes the hooks of a repository: ours is chained now, but their next installation would drop it. */
const GUESTS: Readonly<Record<string, string>> = {
  lefthook: 'lefthook.yml, under pre-commit › commands: code-guardian: { run: code-guardian hook pre-commit }',
  'pre-commit': '.pre-commit-config.yaml: a local hook with entry: code-guardian hook pre-commit, pass_filenames: false, always_run: true',
  prek: '.pre-commit-config.yaml: a local hook with entry: code-guardian hook pre-commit, pass_filenames: false, always_run: true',
  overcommit:
    ".overcommit.yml: PreCommit: { CodeGuardian: { enabled: true, required_executable: 'code-guardian', command: ['code-guardian', 'hook', 'pre-commit'] } }",
  'simple-git-hooks': 'package.json#simple-git-hooks: "pre-commit": "code-guardian hook pre-commit && …", then run simple-git-hooks again',
};

/**
 * What has to be done for a hook to be ours, with the one that is there chained.
 *
 * @param shimFor the shim's text for the name of the original; '' where there is none
 */
export function planInstall(state: HookState, shimFor: (original: string) => string): Plan {
  return swept(state, planShim(state, shimFor));
}

function planShim({ hook, folder, hasFolder, file, originals, freeName }: HookState, shimFor: (original: string) => string): Plan {
  const path = `${folder}/${hook}`;
  const write = (original: string): Step => ({ kind: 'write', path, content: shimFor(original), mode: 0o755 });
  switch (file.kind) {
    case 'none':
      return {
        steps: [...(hasFolder ? [] : [{ kind: 'make-folder', path: folder } as const]), write('')],
        notes: [`${hook}: installed`],
      };
    case 'ours':
      if (file.content === shimFor(file.original)) return { steps: [], notes: [`${hook}: already installed`] };
      return { steps: [write(file.original)], notes: [`${hook}: brought up to date`] };
    case 'foreign': {
      // A run that was stopped may have put it aside already.
      const kept = originals.find(({ identity }) => identity === file.identity)?.name;
      const name = kept ?? freeName;
      return {
        steps: [...(kept === undefined ? [{ kind: 'keep', path, as: `${folder}/${name}` } as const] : []), write(name)],
        notes: [
          `${hook}: installed; ${file.isExecutable ? 'the hook that was there runs first' : 'the file that was there is kept; it is not executable, so git did not run it and we do not'} (${name})`,
          ...(file.manager === null
            ? []
            : [
                `${hook}: ${file.manager} wrote the hook that was there; so that its next installation keeps us, add to ${GUESTS[file.manager]}`,
              ]),
        ],
      };
    }
  }
}

/** What has to be done for a hook to be as it was before us. */
export function planUninstall(state: HookState): Plan {
  return swept(state, planReturn(state));
}

function swept({ folder, leftovers }: HookState, { steps, notes }: Plan): Plan {
  return { steps: [...leftovers.map((name): Step => ({ kind: 'remove', path: `${folder}/${name}` })), ...steps], notes };
}

function planReturn({ hook, folder, file, originals }: HookState): Plan {
  const path = `${folder}/${hook}`;
  const stray = (names: readonly string[]): string[] => names.map((name) => `${hook}: ${name} is left where it is`);
  const names = originals.map(({ name }) => name);
  if (file.kind !== 'ours') {
    // A run that was stopped had put the hook aside, but not yet taken its place.
    const doubles = file.kind === 'foreign' ? originals.filter(({ identity }) => identity === file.identity).map(({ name }) => name) : [];
    const what = file.kind === 'none' || doubles.length > 0 ? 'not installed' : 'not ours any more: left as it is';
    return {
      steps: doubles.map((name): Step => ({ kind: 'remove', path: `${folder}/${name}` })),
      notes: [`${hook}: ${what}`, ...stray(names.filter((name) => !doubles.includes(name)))],
    };
  }
  const { original } = file;
  if (original !== '' && names.includes(original)) {
    return {
      steps: [{ kind: 'rename', from: `${folder}/${original}`, to: path }],
      notes: [`${hook}: taken out; the hook that was there before is back`, ...stray(names.filter((name) => name !== original))],
    };
  }
  return { steps: [{ kind: 'remove', path }], notes: [`${hook}: taken out`, ...stray(names)] };
}
