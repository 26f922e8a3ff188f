import { randomBytes } from 'node:crypto';

/** Where a run stands in a trace: https://www.w3.org/TR/trace-context/ */
export interface TraceContext {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits: of this run. */
  readonly spanId: string;
}

/** Goes on with the trace of `TRACEPARENT` where that is set and valid, else begins one. */
export function openTraceContext(traceparent: string | undefined): TraceContext {
  const [, version, traceId] = /^([0-9a-f]{2})-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(traceparent ?? '') ?? [];
  const isValid = traceId !== undefined && version !== 'ff' && !/^0+$/.test(traceId);
  return { traceId: isValid ? traceId : randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') };
}
