import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { LayerStore } from '../../src/config/known-layers.ts';
import { type ConfigRequest, type LoadedConfig, loadConfig } from '../../src/config/load.ts';
import { GuardianError } from '../../src/errors/guardian-error.ts';
import type { ConfigLayer } from '../../src/policy/config.ts';
import { createFolder } from '../support/repository.ts';

export const KNOWN = ['console-log', 'debugger', 'generic-secret', 'large-file', 'merge-conflict', 'private-key', 'todo-comment'];

/** A repository's top and a home beside it, and the config that holds there. */
export interface Situation {
  readonly top: string;
  readonly home: string;
  /** Folder of the organisation's config. */
  readonly etc: string;
  readonly write: (path: string, content: string) => void;
  readonly load: (
    more?: Partial<ConfigRequest> & { readonly env?: Record<string, string>; readonly flags?: ConfigLayer },
  ) => Promise<LoadedConfig>;
  /** The error that loading ends with; its paths begin at the top. */
  readonly fail: (more?: Parameters<Situation['load']>[0]) => Promise<GuardianError>;
}

/** Keeps what was made of configs in memory. */
export function memoryStore(text: string | null = null): LayerStore & { readonly text: () => string | null } {
  return { load: () => text, save: (saved) => void (text = saved), text: () => text };
}

/** Files by their path from the top; those under `home:` lie in the user's config folder, those under `etc:` in the organisation's. */
export function situation(files: Readonly<Record<string, string>> = {}): Situation {
  const folder = createFolder();
  const [top, home, etc] = [join(folder, 'repository'), join(folder, 'home'), join(folder, 'etc/code-guardian')];
  mkdirSync(top);
  const write: Situation['write'] = (path, content) => {
    const [, place = '', rest = path] = /^(?:(home|etc):)?(.*)$/.exec(path)!;
    const file = join({ home: join(home, '.config/code-guardian'), etc }[place] ?? top, rest);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  const kept = memoryStore();
  const load: Situation['load'] = async ({ env = {}, ...more } = {}) => {
    const request: ConfigRequest = {
      cwd: top,
      top,
      flags: {},
      source: { kind: 'disk' },
      organisationFolder: etc,
      knownRules: () => KNOWN,
      ...more,
      env: { HOME: home, ...env },
    };
    const loaded = await loadConfig(request);
    // What is kept of this config, and of those before it, never says anything else.
    for (const store of [kept, kept]) expect(await loadConfig({ store, ...request })).toEqual(loaded);
    return loaded;
  };
  return {
    top,
    home,
    etc,
    write,
    load,
    fail: async (more) => {
      try {
        await load(more);
      } catch (thrown) {
        if (thrown instanceof GuardianError) return thrown;
        throw thrown;
      }
      throw new Error('nothing was wrong');
    },
  };
}
