import { randomBytes } from 'node:crypto';

/** The position of a run in a trace: https://www.w3.org/TR/trace-context/ */
export interface TraceContext {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits: of this run. */
  readonly spanId: string;
  /** Id of the parent span; null: this is the root. */
  readonly parentId: string | null;
}

/** One process is one run, so its logs and spans share these ids. */
const opened = new WeakMap<NodeJS.ProcessEnv, TraceContext>();

/** Continues the trace of `TRACEPARENT` if it is valid, otherwise starts one. */
export function openTraceContext(env: NodeJS.ProcessEnv): TraceContext {
  const context = opened.get(env) ?? createContext(env['TRACEPARENT'] ?? '');
  opened.set(env, context);
  return context;
}

function createContext(traceparent: string): TraceContext {
  const [, version, traceId, parentId] = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/.exec(traceparent) ?? [];
  const isValid = traceId !== undefined && parentId !== undefined && version !== 'ff' && !/^0+$/.test(traceId) && !/^0+$/.test(parentId);
  const spanId = randomHex(16);
  return isValid ? { traceId, spanId, parentId } : { traceId: randomHex(32), spanId, parentId: null };
}

function randomHex(digits: number): string {
  return randomBytes(digits / 2).toString('hex');
}
