import { withProgram } from '../../host/program.ts';
import { visible } from '../../findings/redact.ts';
import { groupBy } from '../grouping.ts';
import type { Check, CheckStatus, HealthReport } from '../health-report.ts';
import { renderDocument } from '../json-document.ts';
import { type Palette, plainly } from '../palette.ts';
import { columnsOf, count, wrap } from '../text-layout.ts';

const SCHEMA = 'code-guardian.doctor/1';

/** In narrower terminals the names of checks get no column of their own. */
const NARROW = 60;

/** How to show a health report to people. */
export interface DoctorView {
  readonly palette: Palette;
  /** Columns; Infinity to keep each check on one line. */
  readonly width: number;
  /** How the reader starts this program; absent: `code-guardian`. */
  readonly program?: string | undefined;
}

/** The report for programs. Keys and names of checks are stable. */
export function renderDoctorJson({ version, status, checks }: HealthReport): string {
  return renderDocument({
    schema: SCHEMA,
    tool: { name: 'code-guardian', version },
    status,
    checks: checks.map(({ name, status: own, detail, hint, worktree }) => ({ name, status: own, detail, hint, worktree })),
  });
}

/** One line per check with the fix below it, then the status. Other worktrees follow under their paths. */
export function renderDoctor(report: HealthReport, view: DoctorView): string {
  const { palette } = view;
  const columns = Math.max(...report.checks.map(({ name }) => columnsOf(name)));
  const groups = [...groupBy(report.checks, ({ worktree = '' }) => worktree)];
  const lines = groups.flatMap(([worktree, checks]) => [
    ...(worktree === '' ? [] : ['', palette.bold(visible(worktree))]),
    ...checks.flatMap((check, i) => renderCheck(check, checks[i + 1], columns, view)),
  ]);
  return `${[...lines, '', ...renderStatus(report, view)].map((line) => plainly(line, palette)).join('\n')}\n`;
}

/** A hint that the next check repeats is printed once, below the last of them. */
function renderCheck({ name, status, detail, hint }: Check, next: Check | undefined, nameColumns: number, view: DoctorView): string[] {
  const { palette, width, program } = view;
  const { sign, paint } = look(status, palette);
  const isNarrow = width < NARROW;
  const signColumns = Math.max(...STATUSES.map((one) => columnsOf(look(one, palette).sign))) + 1;
  const indent = isNarrow ? signColumns : signColumns + nameColumns + 2;
  const [first = '', ...rest] = wrap(isNarrow ? `${name}: ${visible(detail)}` : visible(detail), width - indent);
  const way = hint === undefined || hint === next?.hint ? [] : wrap(visible(withProgram(hint, program)), width - indent - 2);
  return [
    `${paint(sign.padEnd(signColumns))}${isNarrow ? '' : `${name.padEnd(nameColumns)}  `}${first}`,
    ...[...rest, ...way.map((line, i) => `${i === 0 ? '→' : ' '} ${line}`)].map((line) => ' '.repeat(indent) + line),
  ];
}

const STATUSES: readonly CheckStatus[] = ['ok', 'warn', 'fail', 'skipped'];

function look(status: CheckStatus, { signs, green, yellow, red, dim }: Palette) {
  switch (status) {
    case 'ok':
      return { sign: signs.pass, paint: green };
    case 'warn':
      return { sign: signs.warn, paint: yellow };
    case 'fail':
      return { sign: signs.block, paint: red };
    case 'skipped':
      return { sign: signs.dot, paint: dim };
  }
}

function renderStatus({ status, checks }: HealthReport, { palette, width }: DoctorView): string[] {
  const { signs, bold, green, yellow, red } = palette;
  const of = (wanted: CheckStatus): number => checks.filter((check) => check.status === wanted).length;
  const total = count(checks.length, 'check');
  const say = (sign: string, words: string, paint: (text: string) => string): string[] =>
    wrap(`${sign} ${words}`, width).map((line) => paint(bold(line)));
  switch (status) {
    case 'healthy':
      return say(signs.pass, `healthy: ${total}`, green);
    case 'degraded':
      return say(signs.warn, `degraded: ${of('warn')} of ${total} ${of('warn') === 1 ? 'needs' : 'need'} attention`, yellow);
    case 'unhealthy':
      return say(
        signs.block,
        `unhealthy: ${of('fail')} of ${total} failed${of('warn') > 0 ? `, ${of('warn')} ${of('warn') === 1 ? 'needs' : 'need'} attention` : ''}`,
        red,
      );
    case 'unchecked':
      return say(signs.block, 'could not check the hooks', red);
  }
}
