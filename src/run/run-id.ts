/**
 * A random UUID (RFC 9562, version 4) that tells runs apart. It protects nothing, so `Math.random` is enough; `node:crypto` takes three
 * milliseconds to load.
 */
export function createRunId(): string {
  return 'xxxxxxxx-xxxx-4xxx-Nxxx-xxxxxxxxxxxx'.replace(/[xN]/g, (place) => {
    const digit = Math.floor(Math.random() * 16);
    return (place === 'x' ? digit : 8 + (digit & 3)).toString(16);
  });
}
