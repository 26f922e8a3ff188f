import type { TokenCheck } from './token.ts';

/** The response of a path. */
export interface Answer {
  readonly status: number;
  /** Content type. */
  readonly type: string;
  readonly body: string;
  /** The inline style of a page, allowed by its hash. */
  readonly style?: string;
}

/** The routes, and callbacks for the log. */
export interface Site {
  /** Path → response, by the `Accept` of the request. */
  readonly paths: Readonly<Record<string, (accept: string | undefined) => Promise<Answer>>>;
  /** Null: no token is required. */
  readonly hasToken: TokenCheck | null;
  /** Called for each answered or refused request. */
  readonly onAnswered: (access: Access) => void;
  /** Called for a failed response or connection. */
  readonly onFailed: (thrown: unknown) => void;
}

/** For the log: nothing that a client made up, except its trace context. */
export interface Access {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly client: string;
  /** W3C trace context, as received. */
  readonly traceparent: string | undefined;
}
