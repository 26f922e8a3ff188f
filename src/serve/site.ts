import type { TokenCheck } from './token.ts';

/** What a path answers with. */
export interface Answer {
  readonly status: number;
  /** Content type. */
  readonly type: string;
  readonly body: string;
  /** The inline style of a page: it is allowed by its hash. */
  readonly style?: string;
}

/** What is served, and who is told of it. */
export interface Site {
  /** Path → answer, by the `Accept` of the request. */
  readonly paths: Readonly<Record<string, (accept: string | undefined) => Promise<Answer>>>;
  /** Null: everybody may ask. */
  readonly hasToken: TokenCheck | null;
  /** Each request that was answered or refused. */
  readonly onAnswered: (access: Access) => void;
  /** An answer that could not be made, or a connection that could not be taken. */
  readonly onFailed: (thrown: unknown) => void;
}

/** For the log: words of our own, nothing that a client made up but the trace it is part of. */
export interface Access {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly client: string;
  /** W3C trace context, as it came. */
  readonly traceparent: string | undefined;
}
