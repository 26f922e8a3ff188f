/** File extensions (without the dot, lower case) by language. */
export const LANGUAGES = {
  javascript: ['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts', 'vue', 'svelte', 'astro'],
  python: ['py', 'pyi', 'pyw'],
  ruby: ['rb', 'rake', 'erb', 'gemspec'],
  php: ['php', 'phtml'],
  go: ['go'],
  rust: ['rs'],
  java: ['java', 'kt', 'kts', 'scala', 'groovy'],
  csharp: ['cs', 'razor', 'cshtml'],
  swift: ['swift'],
  shell: ['sh', 'bash', 'zsh', 'ksh'],
  sql: ['sql'],
  c: ['c', 'h', 'cc', 'cpp', 'cxx', 'hpp', 'hh', 'm', 'mm'],
  elixir: ['ex', 'exs'],
  dart: ['dart'],
} as const satisfies Record<string, readonly string[]>;

export type Language = keyof typeof LANGUAGES;

/** The extension of a path in lower case, without the dot; '' if there is no extension. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}
