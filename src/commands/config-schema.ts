import { resolve } from 'node:path';
import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { configJsonSchema } from '../config/json-schema.ts';
import { CATALOGUE } from '../rules/catalogue.ts';
import { writeOutput } from '../disk/write-output.ts';

/** `code-guardian config schema`: the JSON Schema of a config file, for editors. */
export const run: Run = async ({ host, options }) => {
  const text = `${JSON.stringify(configJsonSchema(CATALOGUE), null, 2)}\n`;
  if (options.output === undefined) host.stdout.write(text);
  else writeOutput(resolve(host.cwd, options.output), text);
  return EXIT.ok;
};
