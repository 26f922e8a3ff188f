import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import type { Host } from '../host/host.ts';
import { parseImport } from '../config/import/parse-import.ts';
import { renderImport } from '../config/import/render-import.ts';
import { fileError, GuardianError } from '../errors/guardian-error.ts';
import { visible } from '../findings/redact.ts';
import type { ConfigLayer } from '../policy/config.ts';
import { count } from '../report/text-layout.ts';
import { listRuleEntries } from '../rules/rule-index.ts';
import { type LookedUp, lookUpKnown } from './config-import/look-up-known.ts';
import { openNotices } from '../run/notices.ts';

/** `code-guardian config import FILE`: converts the config of another scanner, and its known findings into a baseline. */
export const run: Run = async (invocation) => {
  const { host, options, args } = invocation;
  const [file = ''] = args;
  const imported = await parseImport(
    readSource(host, file),
    file,
    listRuleEntries().map(({ id }) => id),
  );
  const looked = imported.known.length === 0 ? NOTHING : await lookUpKnown(invocation, imported.known, file);
  const notes = [...imported.notes, ...looked.notes];
  const text = renderImport(imported, file, notes);
  if (options.output === undefined) host.stdout.write(text);
  else writeNew(resolve(host.cwd, options.output), text, options.output);
  looked.write();
  const { info } = await openNotices(host);
  for (const note of notes) info(visible(note));
  info(`${visible(file)}: ${[...summaryOf(imported.layer), ...looked.summary, missing(notes.length)].join(', ')}`);
  return EXIT.ok;
};

function readSource({ cwd }: Host, file: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (thrown) {
    throw fileError(thrown, file, 'Name a readable config, ignore file or baseline of another scanner.');
  }
}

const NOTHING: LookedUp = { notes: [], summary: [], write: () => undefined };

function writeNew(path: string, text: string, name: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST')
      throw fileError(thrown, name, 'Name a file in a folder that you can write to.');
    throw new GuardianError('USAGE', `${name} already exists`, { hint: 'Name a new file, or omit `--output`.', path: name });
  }
}

function summaryOf({ customRules = [], rules = {}, ignore = {}, overrides = [] }: ConfigLayer): string[] {
  const { paths = [], values = [], words = [] } = ignore;
  return [
    count(customRules.length, 'rule'),
    ...(Object.keys(rules).length === 0 ? [] : [`settings of ${count(Object.keys(rules).length, 'rule')}`]),
    ...(overrides.length === 0 ? [] : [count(overrides.length, 'override')]),
    ...(paths.length + values.length + words.length === 0 ? [] : [`${paths.length + values.length + words.length} ignore entries`]),
  ];
}

function missing(notes: number): string {
  return notes === 0 ? 'everything converted' : `${count(notes, 'item')} not, or only partly, converted: see above`;
}
