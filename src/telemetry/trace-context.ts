/** Where a run stands in a trace: https://www.w3.org/TR/trace-context/ */
export interface TraceContext {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits: of this run. */
  readonly spanId: string;
  /** Of the span that this one is part of; null: it is the first. */
  readonly parentId: string | null;
}

/** A process is one run, and all that is said of it has the same ids. */
const opened = new WeakMap<NodeJS.ProcessEnv, TraceContext>();

/** Goes on with the trace of `TRACEPARENT` where that is set and valid, else begins one. */
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

/** Ids keep no secret, so `Math.random` will do: `node:crypto` takes three milliseconds to load. */
function randomHex(digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(Math.random() * 16).toString(16)).join('');
}
