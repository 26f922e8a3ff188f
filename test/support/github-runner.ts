/** Commands that GitHub's runner knows. Of `set-env` and `add-path` it knows at least the name. */
const COMMANDS = new Set(
  'add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output stop-commands warning'.split(
    ' ',
  ),
);

export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/**
 * The command that the runner reads in a line, by its documented grammar: `::name key=value,key=value::data` at the start of the trimmed line,
 * or the older `##[name key=value;key=value]data` anywhere in it. Null: it prints the line.
 */
export function readCommand(line: string): RunnerCommand | null {
  const now = /^\s*::([\w-]+)(?: ([^]*?))?::([^]*)$/.exec(line);
  if (now !== null && COMMANDS.has(now[1]!)) return commandOf(now, ',', { '0D': '\r', '0A': '\n', '3A': ':', '2C': ',', 25: '%' });
  const once = /##\[([\w-]+)(?: ([^\]]*))?\]([^]*)$/.exec(line);
  if (once !== null && COMMANDS.has(once[1]!)) return commandOf(once, ';', { '3B': ';', '0D': '\r', '0A': '\n', '5D': ']', 25: '%' });
  return null;
}

function commandOf(
  [, name, pairs = '', data]: RegExpExecArray,
  separator: string,
  escapes: Readonly<Record<string, string>>,
): RunnerCommand {
  const unescaped = (text: string): string => text.replace(/%([\dA-F]{2})/g, (all, code: string) => escapes[code] ?? all);
  const entries = pairs
    .split(separator)
    .filter((pair) => pair.includes('='))
    .map((pair) => [pair.slice(0, pair.indexOf('=')), unescaped(pair.slice(pair.indexOf('=') + 1))] as const);
  return { name: name!, properties: Object.fromEntries(entries), data: unescaped(data!) };
}
