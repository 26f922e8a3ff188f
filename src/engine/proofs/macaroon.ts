import type { Proof } from '../rule.ts';
import { decodeBase64url } from './base64-bytes.ts';

const LOCATIONS = ['pypi.org', 'test.pypi.org'];

/**
 * PyPI: `pypi-`, then base64url of a macaroon (version 2) whose first field names the host. An unreadable token was truncated or made up.
 */
export function provePypiToken(token: string): Proof {
  const bytes = decodeBase64url(token.slice('pypi-'.length));
  if (bytes === null) return 'mismatch';
  return LOCATIONS.some((host) => bytes.subarray(0, 3 + host.length).equals(macaroonHead(host))) ? 'passed' : 'failed';
}

/** Version 2, field 1 (location), its length, its text. */
export function macaroonHead(location: string): Buffer {
  return Buffer.concat([Buffer.of(2, 1, location.length), Buffer.from(location, 'ascii')]);
}
