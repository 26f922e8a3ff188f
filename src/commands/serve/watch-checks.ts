import type { Check } from '../../report/health-report.ts';
import type { Log } from './open-log.ts';

/** The same checks; logs each change between passing and failing. */
export function watchChecks(readChecks: () => Promise<readonly Check[]>, log: Log): () => Promise<readonly Check[]> {
  const failing = new Set<string>();
  return async () => {
    const checks = await readChecks();
    for (const { name: check, status, detail } of checks) {
      if (status === 'fail' && !failing.has(check)) {
        failing.add(check);
        log('warn', 'not ready', { check, detail });
      } else if (status !== 'fail' && failing.delete(check)) {
        log('info', 'ready again', { check });
      }
    }
    return checks;
  };
}
