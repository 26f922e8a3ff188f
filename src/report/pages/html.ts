import { visible } from '../../findings/redact.ts';

/** Safe HTML. Only {@link html} creates it. */
export interface Html {
  readonly html: string;
}

type Value = Html | readonly Html[] | string | number;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * A template for HTML: values are escaped unless a template made them. Attributes must be quoted.
 *
 * @example html`<td title="${name}">${name}</td>`
 */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: parts.map((part, i) => part + (i < values.length ? markupOf(values[i]!) : '')).join('') };
}

function markupOf(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return visible(String(value)).replace(/[&<>"']/g, (char) => ENTITIES[char]!);
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}
