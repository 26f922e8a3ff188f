/** A config-based hook: `hook.<name>.command`. */
export interface ConfigHook {
  readonly name: string;
  readonly command: string;
  readonly events: readonly string[];
}

/** Output of `git config -z --get-regexp '^hook\.'` → the complete, enabled hooks. */
export function parseConfigHooks(text: string): ConfigHook[] {
  const hooks = new Map<string, { command: string; events: string[]; isEnabled: boolean }>();
  for (const entry of text.split('\0')) {
    const [, name, key, value = ''] = /^hook\.([^]+)\.([a-z]+)(?:\n([^]*))?$/i.exec(entry) ?? [];
    if (name === undefined || key === undefined) continue;
    const hook = hooks.get(name) ?? { command: '', events: [], isEnabled: true };
    hooks.set(name, hook);
    if (key === 'command') hook.command = value;
    // An empty event clears the earlier ones.
    if (key === 'event') hook.events = value === '' ? [] : [...hook.events, value];
    if (key === 'enabled') hook.isEnabled = !/^(?:false|no|off|0)$/i.test(value);
  }
  return [...hooks]
    .filter(([, hook]) => hook.isEnabled && hook.command !== '')
    .map(([name, { command, events }]) => ({ name, command, events }));
}
