import { isLoopback } from './address.ts';

/**
 * Does a request that came to a loopback address mean it? The page of a stranger can have its own name resolved to 127.0.0.1 and then read
 * what is served here as its own (DNS rebinding); the browser still says by which name it came. Ports may differ: somebody forwards one.
 *
 * @param header `Host`
 */
export function namesLoopback(header: string | undefined): boolean {
  const [, name = ''] = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(header ?? '') ?? [];
  return name.toLowerCase() === 'localhost' || isLoopback(name.replace(/^\[|\]$/g, ''));
}
