import { basename } from 'node:path';
import type { Host } from '../../host/host.ts';
import type { Repository } from '../../git/repository.ts';
import { type Check, judgeHealth } from '../../report/health-report.ts';
import { renderLedgerPage } from '../../report/pages/ledger-page.ts';
import { LEDGER_STYLE } from '../../report/pages/ledger-style.ts';
import { prefersOpenMetrics } from '../../serve/accept.ts';
import type { Answer, Site } from '../../serve/site.ts';
import { historyOf } from '../../telemetry/history.ts';
import { readLedger } from '../../telemetry/ledger.ts';
import { EXPOSITIONS, type MetricFamily, metricsOf, renderExposition } from '../../telemetry/metrics.ts';
import { statisticsOf } from '../../telemetry/statistics.ts';
import { VERSION } from '../../host/version.ts';

/** The routes: checks for probes, the ledger for Prometheus and for people. */
export function createPaths(host: Host, { top, commonDir }: Repository, readChecks: () => Promise<readonly Check[]>): Site['paths'] {
  return {
    '/livez': async () => answerChecks([{ name: 'process', status: 'ok', detail: 'responding' }]),
    '/readyz': async () => answerChecks(await readChecks()),
    '/metrics': async (accept) => {
      const type = prefersOpenMetrics(accept) ? EXPOSITIONS.openmetrics : EXPOSITIONS.prometheus;
      const families = [...metricsOf(readLedger(commonDir), VERSION), readyMetric(await readChecks())];
      return { status: 200, type, body: await renderExposition(families, type) };
    },
    '/': async () => {
      const [ledger, now] = [readLedger(commonDir), host.now()];
      const body = renderLedgerPage({
        version: VERSION,
        repository: basename(top ?? commonDir),
        checks: await readChecks(),
        statistics: statisticsOf(ledger, now),
        ...historyOf(ledger, now),
      });
      return { status: 200, type: 'text/html; charset=utf-8', body, style: LEDGER_STYLE };
    },
  };
}

/** Details go to the log only: a client must not learn paths on this machine. */
function answerChecks(checks: readonly Check[]): Answer {
  const status = judgeHealth(checks);
  const body = JSON.stringify({ status, checks: checks.map(({ name, status: own }) => ({ name, status: own })) });
  return { status: status === 'unhealthy' ? 503 : 200, type: 'application/json', body: `${body}\n` };
}

function readyMetric(checks: readonly Check[]): MetricFamily {
  return {
    name: 'code_guardian_ready',
    help: 'Readiness checks: 1 if the check passed, 0 if it failed.',
    type: 'gauge',
    values: checks.map(({ name, status }) => ({ labels: { check: name }, value: status === 'fail' ? 0 : 1 })),
  };
}
