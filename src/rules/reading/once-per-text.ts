/** Keeps what was worked out for the last text: candidates come file by file, and many from one. */
export function oncePerText<T>(workOut: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | null = null;
  return (text) => {
    if (last?.text !== text) last = { text, value: workOut(text) };
    return last.value;
  };
}
