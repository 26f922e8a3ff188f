/** What a request says before anything is done for it. */
export interface Asked {
  readonly method: string;
  readonly hasBody: boolean;
  /** Path without the query. */
  readonly path: string;
  /** Seconds that its client has to wait. */
  readonly wait: number;
  /** Does it mean this host? */
  readonly isForUs: boolean;
  readonly isAuthorised: boolean;
}

export interface Refusal {
  readonly status: number;
  /** One line, for whoever called. */
  readonly reason: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why a request gets no answer; null where it gets one. A stranger learns nothing of what there is: the token comes before the path. */
export function judgeRequest({ method, hasBody, path, wait, isForUs, isAuthorised }: Asked, paths: readonly string[]): Refusal | null {
  if (wait > 0) {
    return { status: 429, reason: 'too many requests from this address', headers: { 'retry-after': String(Math.ceil(wait)) } };
  }
  if (!isForUs) return { status: 421, reason: 'the Host header names another host than this one' };
  if (!isAuthorised) return { status: 401, reason: 'a bearer token is required', headers: { 'www-authenticate': 'Bearer' } };
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, reason: 'only GET and HEAD are answered', headers: { allow: 'GET, HEAD' } };
  }
  if (hasBody) return { status: 413, reason: 'a request has no body here' };
  if (!paths.includes(path)) return { status: 404, reason: `there is only ${paths.join(', ')}` };
  return null;
}
