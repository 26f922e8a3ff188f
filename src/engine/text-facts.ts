/**
 * What rules derive from one scanned text, such as its comments and strings. Each fact is worked out at its first use, shared by all candidates
 * of the text, and gone with it.
 */
export class TextFacts {
  readonly #facts = new Map<unknown, unknown>();

  /** One character a byte. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** @param derive a pure function that is the same at each call: it is the key of the fact */
  of<T>(derive: (text: string) => T): T {
    if (!this.#facts.has(derive)) this.#facts.set(derive, derive(this.text));
    return this.#facts.get(derive) as T;
  }
}
