import type { ScanReport } from '../scan-report.ts';
import type { View } from '../view.ts';

export type Render = (report: ScanReport, view: View) => string;

/** Every format by name, loaded on use. */
export const FORMATS = {
  pretty: async () => (await import('./pretty.ts')).renderPretty,
  json: async () => (await import('./json.ts')).renderJson,
} satisfies Record<string, () => Promise<Render>>;
