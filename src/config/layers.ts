import type { ConfigLayer } from '../policy/config.ts';
import { mergeLayers } from '../policy/merge-config.ts';
import { checkLayer, customIdsIn, type KnownRules } from './check-document.ts';
import { resolveDocument, resolveExtends, type Source } from './extends.ts';
import { documentError } from './problem.ts';
import { diskReader } from './readers.ts';
import type { ConfigDocument, Layer } from './source.ts';
import { parseVariables, type Variables, variablesError } from './variables.ts';

/** The input of this module, which is loaded only if there is some. */
export interface LayerRequest {
  /** Lowest first: the organisation's, the user's, the repository's. */
  readonly documents: readonly ConfigDocument[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Base folder for files named by variables. */
  readonly base: string;
  readonly environment: string;
  readonly builtIn: readonly string[];
}

export interface ReadLayers {
  /** Lowest first, between the defaults and the flags. */
  readonly layers: readonly Layer[];
  readonly warnings: readonly string[];
  readonly hasOverlay: boolean;
  /** What the organization enforces, or null. */
  readonly enforced: Layer | null;
}

/**
 * Resolves `extends`, checks everything, and orders the layers: documents, overlays, variables.
 *
 * @throws GuardianError CONFIG_INVALID with all mistakes of the first file that has any
 */
export async function readLayers({ documents, env, base, environment, builtIn }: LayerRequest): Promise<ReadLayers> {
  const sources: Source[] = [];
  for (const document of documents) sources.push(...(await resolveDocument(document)));

  // Ids first: any layer, also the variables, may refer to a custom rule of any other.
  const bringing = parseVariables(env, []);
  const varied = await variableSources(bringing, base);
  const ids = [...[...sources, ...varied].flatMap(idsIn), ...customIdsIn(bringing.value)];
  const known = { builtIn: new Set(builtIn), custom: new Set(ids) };
  const variables = parseVariables(env, [...builtIn, ...ids]);

  const below = await checkSources(sources, known);
  const above = [...(await checkSources(varied, known)), ...checkVariables(variables, known)];
  const overlays = [...below, ...above].flatMap(({ owner, file, value }) => {
    const overlay =
      value.environments !== undefined && Object.hasOwn(value.environments, environment) ? value.environments[environment] : undefined;
    return overlay === undefined ? [] : [{ name: `environment:${environment}`, owner, file, value: overlay }];
  });
  return {
    layers: [...below, ...overlays, ...above],
    warnings: variables.warnings,
    hasOverlay: overlays.length > 0,
    enforced: enforcedBy(below),
  };
}

function enforcedBy(layers: readonly Layer[]): Layer | null {
  const enforced = layers.flatMap(({ value }) => (value.enforce === undefined ? [] : [value.enforce]));
  return enforced.length === 0
    ? null
    : { name: 'organisation (enforced)', owner: 'organisation', file: null, value: mergeLayers(enforced) };
}

function idsIn(source: Source): string[] {
  return 'preset' in source ? [] : customIdsIn(source.value);
}

async function checkSources(sources: readonly Source[], known: KnownRules): Promise<Layer[]> {
  const layers: Layer[] = [];
  for (const source of sources) {
    if ('preset' in source) layers.push({ name: source.layer, owner: source.owner, file: null, value: source.preset });
    else layers.push({ name: source.layer, owner: source.owner, file: source.file, value: await checkDocument(source, known) });
  }
  return layers;
}

async function checkDocument(document: ConfigDocument, known: KnownRules): Promise<ConfigLayer> {
  const checked = checkLayer(document.value, known, document.owner);
  if ('problems' in checked) throw await documentError(document, checked.problems);
  return checked.layer;
}

function checkVariables(variables: Variables, known: KnownRules): Layer[] {
  if (variables.names.size === 0) return [];
  const checked = checkLayer(variables.value, known, 'env');
  if ('problems' in checked) throw variablesError(variables, checked.problems);
  return [{ name: 'env', owner: 'env', file: null, value: checked.layer }];
}

/** The entries of CODE_GUARDIAN_EXTENDS. */
async function variableSources(variables: Variables, base: string): Promise<Source[]> {
  return resolveExtends({
    value: variables.value,
    folder: base,
    reader: diskReader(base),
    family: 'env',
    owner: 'env',
    chain: [],
    blame: (problem) => variablesError(variables, [problem]),
  });
}
