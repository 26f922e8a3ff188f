/** A proposed preset and the reason. */
export interface Proposal {
  readonly preset: string;
  /** `react in package.json`. */
  readonly because: string;
}

type Kind = 'web' | 'backend' | 'mobile' | 'systems';

/** File names that identify a kind of project. */
const BY_NAME: readonly (readonly [kind: Kind, name: RegExp])[] = [
  ['mobile', /(?:^|\/)(?:AndroidManifest\.xml|Podfile|pubspec\.yaml|[^/]+\.xcodeproj\/project\.pbxproj)$/],
  ['backend', /(?:^|\/)(?:manage\.py|pom\.xml|Gemfile|composer\.json|mix\.exs|requirements\.txt|pyproject\.toml|Pipfile|[^/]+\.csproj)$/],
  ['web', /(?:^|\/)(?:index\.html|angular\.json|vite\.config\.[cm]?[jt]s|next\.config\.[cm]?[jt]s|svelte\.config\.js)$/],
  ['systems', /(?:^|\/)(?:CMakeLists\.txt|meson\.build|configure\.ac)$/],
];

/** Dependencies in a manifest that identify it. */
const BY_DEPENDENCY: readonly (readonly [kind: Kind, manifest: RegExp, dependency: RegExp])[] = [
  ['mobile', /package\.json$/, /"(react-native|expo|@nativescript\/core|@capacitor\/core|@ionic\/[\w-]+)"\s*:/],
  [
    'web',
    /package\.json$/,
    /"(react-dom|react|vue|svelte|preact|solid-js|@angular\/core|next|nuxt|astro|vite|webpack|lit|ember-source)"\s*:/,
  ],
  [
    'backend',
    /package\.json$/,
    /"(express|fastify|koa|hono|@nestjs\/core|@hapi\/hapi|restify|@apollo\/server|mongoose|pg|mysql2|typeorm|@prisma\/client)"\s*:/,
  ],
  [
    'backend',
    /go\.mod$/,
    /(github\.com\/(?:gin-gonic\/gin|labstack\/echo|gofiber\/fiber|go-chi\/chi|gorilla\/mux)|google\.golang\.org\/grpc)/,
  ],
  ['backend', /Cargo\.toml$/, /^(axum|actix-web|rocket|warp|tide|tonic|poem)\s*=/m],
];
/** In these languages, a program without known dependencies is a systems program. */
const SYSTEMS_MANIFEST = /(?:^|\/)(?:go\.mod|Cargo\.toml)$/;

/** Folders with third-party or test code, which say nothing about the project. */
const ELSEWHERE = /(?:^|\/)(?:node_modules|vendor|third_party|test|tests|__tests__|fixtures|testdata|examples?|docs)\//;
/** Depth of a path: a project is at the top or up to two folders below, as in a monorepo. Only an app's files are deeper. */
const MAX_DEPTH = 3;

/** Files whose text {@link proposePresets} reads. */
export function manifestsIn(names: readonly string[]): string[] {
  return names.filter((name) => /(?:^|\/)(?:package\.json|go\.mod|Cargo\.toml)$/.test(name) && isOwn(name));
}

/**
 * Presets for a repository, lowest first: `recommended`, and one for each kind of project in it.
 *
 * @param names of its files, from the top
 * @param texts of its manifests, by their names
 */
export function proposePresets(names: readonly string[], texts: ReadonlyMap<string, string>): Proposal[] {
  const found = new Map<Kind, string>();
  const note = (kind: Kind, because: string): void => {
    if (!found.has(kind)) found.set(kind, because);
  };
  for (const [name, text] of texts) {
    for (const [kind, manifest, dependency] of BY_DEPENDENCY) {
      // React Native depends on React.
      if (kind === 'web' && found.get('mobile')?.endsWith(` in ${name}`) === true) continue;
      const [, word] = (manifest.test(name) && dependency.exec(text)) || [];
      if (word !== undefined) note(kind, `${word} in ${name}`);
    }
    if (SYSTEMS_MANIFEST.test(name) && !BY_DEPENDENCY.some(([, manifest, dependency]) => manifest.test(name) && dependency.test(text)))
      note('systems', name);
  }
  // An app also has the build files of a server and pages that are no web site: the surer kind comes first.
  for (const [kind, pattern] of BY_NAME) {
    const name = names.find((one) => pattern.test(one) && (kind === 'mobile' ? !ELSEWHERE.test(one) : isOwn(one)));
    const isApp = found.has('mobile') && kind !== 'mobile';
    if (name !== undefined && !isApp) note(kind, name);
  }
  const [web, backend] = [found.get('web'), found.get('backend')];
  const both = web === undefined || backend === undefined ? null : `${web}, ${backend}`;
  // The last preset wins: printing is acceptable in a systems program only without another kind of project.
  return [
    { preset: 'recommended', because: 'for every project' },
    ...proposals('systems', found.get('systems')),
    ...proposals('mobile', found.get('mobile')),
    ...(both === null ? [...proposals('backend', backend), ...proposals('web', web)] : proposals('fullstack', both)),
  ];
}

function proposals(preset: string, because: string | undefined): Proposal[] {
  return because === undefined ? [] : [{ preset, because }];
}

function isOwn(name: string): boolean {
  return name.split('/').length <= MAX_DEPTH && !ELSEWHERE.test(name);
}
