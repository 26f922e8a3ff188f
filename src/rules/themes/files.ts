import { isMemberPath } from '../../engine/archive/member-path.ts';
import { isTestPath } from '../../engine/test-path.ts';
import type { FileFacts, FileRule, RuleSet } from '../../engine/rule.ts';

const MEBIBYTE = 1024 * 1024;
/** Limit of `large-file`, in bytes. */
export const DEFAULT_MAX_SIZE = 5 * MEBIBYTE;

/** Names of files that hold keys or passwords, and what each file is. */
const FORBIDDEN: readonly (readonly [name: RegExp, what: string])[] = [
  [
    /^\.env(?:\.(?!(?:example|sample|template|dist|test|tpl|defaults?|schema|ci)\b)[\w.-]+)?$/i,
    'environment file with machine-specific settings',
  ],
  [/^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/, 'SSH private key'],
  [/\.(?:pfx|p12)$/i, 'keystore with a private key'],
  [/^(?!debug\.).*\.(?:jks|keystore|bks)$/i, 'Java keystore'],
  [/\.ppk$/i, 'PuTTY private key'],
  [/\.kdbx?$/i, 'KeePass database'],
  [/^\.htpasswd$/i, 'password file'],
  [/^[._]netrc$/i, 'netrc file with passwords'],
  [/^\.pgpass$/i, 'PostgreSQL password file'],
  [/^\.git-credentials$/i, 'passwords stored by git'],
  [/\.tfstate(?:\.backup)?$/i, 'Terraform state, which holds secrets in plain text'],
];
/** Useless in a repository, harmless in an archive. */
const LITTER = [/^(?:\.DS_Store|Thumbs\.db|desktop\.ini)$/i, 'file manager metadata'] as const;

/** Most names match no pattern: compiling this one costs less than compiling a dozen. */
const MAY_BE_FORBIDDEN = /^[._]|^id_|\.(?:pfx|p12|jks|keystore|bks|ppk|kdbx?|tfstate|backup|db|ini)$/i;

type FileDraft = Pick<FileRule, 'id' | 'severity' | 'message' | 'why' | 'advice' | 'docs' | 'check' | 'severityAt' | 'samples'>;

function fileRules(drafts: () => readonly FileDraft[]): RuleSet {
  let rules: readonly FileRule[] | undefined;
  return () => (rules ??= drafts().map((draft) => ({ kind: 'file', category: 'file', confidence: 'high', ...draft })));
}

export const files = fileRules(() => [
  {
    id: 'large-file',
    severity: 'medium',
    message: 'Large file',
    why: 'It stays in the history for good, and every clone downloads it.',
    advice: 'Keep it in Git LFS or outside the repository, or raise `maxSize`.',
    docs: 'https://git-lfs.com',
    check: ({ size, isSymlink, options }) => {
      const limit = options.maxSize ?? DEFAULT_MAX_SIZE;
      return size !== null && !isSymlink && size > limit ? `Large file: ${inMebibytes(size)}, the limit is ${inMebibytes(limit)}` : null;
    },
    samples: () => ({ found: [], ignored: [] }),
  },
  {
    id: 'forbidden-file',
    severity: 'high',
    message: 'File that does not belong in a repository',
    why: 'Files with this name hold keys, passwords or machine-specific settings.',
    advice: 'Unstage it, add it to .gitignore, and commit an example without values instead.',
    docs: 'https://docs.github.com/get-started/getting-started-with-git/ignoring-files',
    check: ({ path }) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (!MAY_BE_FORBIDDEN.test(name)) return null;
      const known = [...FORBIDDEN, ...(isMemberPath(path) ? [] : [LITTER])].find(([pattern]) => pattern.test(name));
      return known === undefined ? null : `Forbidden file: ${known[1]}`;
    },
    // Tests of programs that read such files need some. Their content is scanned anyway.
    severityAt: (path) => (isTestPath(path) ? 'medium' : 'high'),
    samples: () => ({
      found: [
        '.env',
        '.env.production',
        'app/.env.local',
        '.ssh/id_rsa',
        'id_ed25519',
        'cert.pfx',
        'a/b.p12',
        'release.keystore',
        'x.jks',
        'k.ppk',
        'team.kdbx',
        '.htpasswd',
        '.netrc',
        '_netrc',
        'terraform.tfstate',
        'terraform.tfstate.backup',
        'a/.DS_Store',
        'Thumbs.db',
        '.git-credentials',
        'site.zip!/config/.env',
      ].map((path) => ({ path, text: '' })),
      ignored: [
        '.env.example',
        '.env.sample',
        '.env.template',
        '.env.dist',
        '.env.test',
        '.envrc',
        'env.ts',
        'id_rsa.pub',
        'id_rsa_setup.md',
        'debug.keystore',
        '.npmrc',
        'cert.pem',
        'main.tf',
        'netrc.py',
        'site.zip!/img/.DS_Store',
        'htpasswd.md',
      ].map((path) => ({ path, text: '' })),
    }),
  },
  {
    id: 'case-conflict',
    severity: 'high',
    message: 'File name that differs from another only in case',
    why: 'On macOS and Windows, one of the two files hides the other.',
    advice: 'Rename one of them.',
    docs: 'https://git-scm.com/docs/git-config#Documentation/git-config.txt-coreignoreCase',
    check: ({ caseCollisions }) => (caseCollisions.length === 0 ? null : `Name differs only in case from ${caseCollisions.join(', ')}`),
    samples: () => ({ found: [], ignored: [] }),
  },
  {
    id: 'broken-symlink',
    severity: 'medium',
    message: 'Broken symbolic link',
    why: 'It points nowhere in a fresh clone.',
    advice: 'Point it to a path inside the repository, relative to the link.',
    docs: 'https://git-scm.com/docs/git-config#Documentation/git-config.txt-coresymlinks',
    check: linkProblem,
    samples: () => ({ found: [], ignored: [] }),
  },
]);

function inMebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}

function linkProblem({ path, isSymlink, target, exists }: FileFacts): string | null {
  if (!isSymlink || target === null) return null;
  if (/^(?:\/|[A-Za-z]:[\\/]|\\)/.test(target)) return `Symbolic link to an absolute path: ${target}`;
  const resolved = resolve(path, target);
  if (resolved === null) return `Symbolic link that points outside the repository: ${target}`;
  return resolved === '' || exists(resolved) ? null : `Broken symbolic link: ${target} does not exist`;
}

/** The target of a link as a path from the repository root ('' is the root itself); null if it is outside. */
function resolve(path: string, target: string): string | null {
  const parts = path.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
