import { isLoopback } from './address.ts';

/**
 * Whether a request to a loopback address has a loopback name in `Host`. This stops DNS rebinding: a web page can let its own name resolve to
 * 127.0.0.1 and read what is served here, but the browser still sends that name. Ports may differ because of port forwarding.
 *
 * @param header `Host`
 */
export function namesLoopback(header: string | undefined): boolean {
  const [, name = ''] = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(header ?? '') ?? [];
  return name.toLowerCase() === 'localhost' || isLoopback(name.replace(/^\[|\]$/g, ''));
}
