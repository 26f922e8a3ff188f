/** A request, before it is processed. */
export interface Asked {
  readonly method: string;
  readonly hasBody: boolean;
  /** Path without the query. */
  readonly path: string;
  /** Seconds that its client must wait. */
  readonly wait: number;
  /** Whether `Host` is this host. */
  readonly isForUs: boolean;
  readonly isAuthorised: boolean;
}

export interface Refusal {
  readonly status: number;
  /** One line for the client. */
  readonly reason: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why a request is refused, or null. The token is checked before the path, so a stranger learns nothing about existing paths. */
export function judgeRequest({ method, hasBody, path, wait, isForUs, isAuthorised }: Asked, paths: readonly string[]): Refusal | null {
  if (wait > 0) {
    return { status: 429, reason: 'too many requests from this address', headers: { 'retry-after': String(Math.ceil(wait)) } };
  }
  if (!isForUs) return { status: 421, reason: 'the Host header does not match this host' };
  if (!isAuthorised) return { status: 401, reason: 'a bearer token is required', headers: { 'www-authenticate': 'Bearer' } };
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, reason: 'only GET and HEAD are allowed', headers: { allow: 'GET, HEAD' } };
  }
  if (hasBody) return { status: 413, reason: 'request bodies are not accepted' };
  if (!paths.includes(path)) return { status: 404, reason: `there is only ${paths.join(', ')}` };
  return null;
}
