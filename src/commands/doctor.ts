import { resolve } from 'node:path';
import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { type DoctorView, renderDoctor, renderDoctorJson } from '../report/words/doctor.ts';
import type { HealthReport } from '../report/health-report.ts';
import { createPalette } from '../report/palette.ts';
import { writeOutput } from '../disk/write-output.ts';
import { createRedactor } from '../run/redact-text.ts';
import { chooseFormat } from './choose-format.ts';
import { examine } from './doctor/examine.ts';

const FORMATS: Readonly<Record<string, (report: HealthReport, view: DoctorView) => string>> = {
  pretty: renderDoctor,
  json: renderDoctorJson,
};

/** `code-guardian doctor`: proves that the hooks work, or says why they do not. */
export const run: Run = async ({ host, options }) => {
  const { format, output, color, strict } = options;
  const render = chooseFormat(FORMATS, format);
  const report = withoutValues(await examine(host));
  const isTerminal = output === undefined && host.stdout.isTTY;
  const palette = await createPalette({ isTerminal, env: host.env, ...(color === undefined ? {} : { color }) });
  const width = isTerminal ? Math.min(host.stdout.columns ?? 80, 100) : Infinity;
  const text = render(report, { palette, width, program: host.program });
  if (output === undefined) host.stdout.write(text);
  else writeOutput(resolve(host.cwd, output), text);
  return exitCodeOf(report, strict === true);
};

/** Names, keys and values of a broken config, and git's own messages, may hold secrets. */
function withoutValues(report: HealthReport): HealthReport {
  const redact = createRedactor();
  const checks = report.checks.map((check) => ({
    ...check,
    detail: redact(check.detail),
    ...(check.hint === undefined ? {} : { hint: redact(check.hint) }),
  }));
  return { ...report, checks };
}

/** Degraded hooks still run; `--strict` decides whether that is good enough. */
function exitCodeOf({ status }: HealthReport, isStrict: boolean): number {
  switch (status) {
    case 'healthy':
      return EXIT.ok;
    case 'degraded':
      return isStrict ? EXIT.blocked : EXIT.ok;
    case 'unhealthy':
      return EXIT.blocked;
    case 'unchecked':
      return EXIT.failed;
  }
}
