import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder } from './repository.ts';

/** A scanner made of a few lines of shell. */
export interface Scanner {
  /** Its program, absolute. */
  readonly program: string;
  /** A stage that runs it, as a config in YAML has it. */
  readonly stage: (more?: string, id?: string) => string;
  /** Lines that its script wrote into `$notes`. */
  readonly notes: () => string[];
}

/** Writes a result for each line of the given files that holds BAD. */
const FINDS_BAD = `
printf '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"bad"}},"results":['
for file in "$@"; do
  grep -n BAD "$file" /dev/null | while IFS=: read -r name line rest; do
    printf '{"ruleId":"bad","level":"error","message":{"text":"%s"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"%s"},"region":{"startLine":%s}}}]},' "$MESSAGE" "$name" "$line"
  done
done
printf '{"kind":"pass","message":{"text":"end"}}]}]}'
`;

export const SARIF_OF_NOTHING = '{"version":"2.1.0","runs":[{"results":[]}]}';

/** @param name of the program, where it has to have one */
export function writeScanner(script = FINDS_BAD, name = 'scanner'): Scanner {
  const folder = createFolder();
  const notes = join(folder, 'notes');
  mkdirSync(join(folder, 'bin'));
  const program = join(folder, 'bin', name);
  writeFileSync(program, `#!/bin/sh\nnotes='${notes}'\nMESSAGE="\${MESSAGE-bad}"\n${script}\n`);
  chmodSync(program, 0o755);
  return {
    program,
    stage: (more = '', id = 'mine') => `stages: [{ id: ${id}, command: ['${program}', '{files}']${more === '' ? '' : `, ${more}`} }]\n`,
    notes: () => (existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : []),
  };
}
