import { createHash } from 'node:crypto';

/**
 * Headers of every response: no loading, scripts, framing, sniffing or caching.
 *
 * @param style the only inline style of the body, allowed by its hash
 */
export function securityHeaders(style?: string): Readonly<Record<string, string>> {
  const hash = style === undefined ? null : createHash('sha256').update(style).digest('base64');
  const policy = [
    "default-src 'none'",
    ...(hash === null ? [] : [`style-src 'sha256-${hash}'`]),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}
