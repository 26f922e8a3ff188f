/**
 * Facts that rules derive from one scanned text, such as its comments and strings. Each fact is computed at its first use, shared by all
 * candidates of the text, and dropped with it.
 */
export class TextFacts {
  readonly #facts = new Map<unknown, unknown>();

  /** One character per byte. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** @param derive a pure function, the same object at each call: it is the key of the fact */
  of<T>(derive: (text: string) => T): T {
    if (!this.#facts.has(derive)) this.#facts.set(derive, derive(this.text));
    return this.#facts.get(derive) as T;
  }
}
