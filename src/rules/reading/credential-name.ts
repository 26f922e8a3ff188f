/** The kind of credential that the name of a variable, key, option or element suggests; 'key' is the weakest. */
export type CredentialKind = 'password' | 'secret' | 'key';

/** Words that merely end like `dbpass`. */
const NO_PASS =
  'com|encom|by|tres|sur|over|under|im|multi|single|first|second|last|two|one|fast|sub|render|shadow|depth|light|base|low|high';
const PASSWORD = new RegExp(
  '(?:password|passwd|passphrase|passwort|passcode|pwd|senha|contrasena|wachtwoord|mot_?de_?passe|haslo|(?:^|_)(?:pass|pw|psk)' +
    `|(?:^|_)(?!(?:${NO_PASS})pass$)[a-z]{2,12}pass|(?:^|_)[a-z]{2,10}pw|^convert_to_secure|^identified)$`,
);
const SECRET = new RegExp(
  '(?:secret|token|credentials?|creds?|apikey|authkey|accesskey|secretkey|privatekey|(?:^|_)(?:master|http|basic|proxy|user)?auth|(?:^|_)(?:n|x|master|cipher)key' +
    '|(?:^|_)jwt|(?:^|_)[th]otp(?:_new)?|auth(?:orization)?_code|oauth_verifier|(?:^|_)secret_?key_base|secret_base)$',
);
/** Words before `key` that make it a credential. */
const KEY_OWNERS = (
  'api secret access private priv auth sign signing signature encrypt encryption decrypt decryption crypt crypto cipher aes hmac ' +
  'account storage master shared service session consumer client license licence app application admin webhook jwt cookie server ' +
  'security management subscription ingestion deploy machine validation tls seed rsa maps write read primary secondary'
).split(' ');
const STRONG_KEY = new RegExp(`(?:${KEY_OWNERS.join('|')})_?key$`);
/** A header: `X-Acme-Key`. */
const HEADER_KEY = /^x-[\w-]*key$/i;
const BARE_KEY = /(?:^|_)key$/;

/** Words after the credential that do not change its meaning. */
const NEUTRAL = new RegExp(
  '_(?:value|val|str|string|default|base64|b64|hex|raw|plain|plaintext|text|prod|production|dev|development|test|testing|staging|stage|live' +
    '|sandbox|local|old|new|current|confirm|confirmation|again|repeat|here|v?_?\\d+|env)$',
);

/** Words before the credential that make it public, valid for one page, or not a credential. */
const HARMLESS_OWNERS = (
  'public publishable csrf xsrf next page paging pagination continuation cursor cancel cancellation syntax lexer parser cache sort ' +
  'partition primary foreign translation i18n locale hash hashed encrypted crypted digest invalid fake dummy mock example sample ' +
  'placeholder redacted masked wrong bad partial synchronizer antiforgery verification no early derived lock asset'
).split(' ');
const HARMLESS = new RegExp(
  `(?:^|_)(?:pub|${HARMLESS_OWNERS.join('|')})_(?:\\w+_)?(?:token|key|secret|password|auth|pass|pwd|credentials?)$` +
    '|(?:csrf|xsrf)\\w*(?:token|secret)$|(?:^|_)pub(?:lic)?_?key_|socket_?key$|authenticity_token$|public_?key_?token$|^no_?pass|sub_?key$',
);

/** Comparisons that Django queries put into the name. */
const LOOKUP = /__(?:i?(?:startswith|endswith|contains|exact|regex)|in|ne|[gl]te?|isnull)$/;

/** A credential followed by words that qualify it (`token_github`), unless they make it something else (`token_count`). */
const QUALIFIED = /^.*?(pass(?:word|wd|phrase)|pwd|secret|token|(?:api|access|secret|private|auth)_?key|credentials?)_([a-z\d_]{2,24})$/;
/** The loosest form: one of the words means a credential. */
const MENTIONS = /(?:^|_)(?:\w*(?:password|passwd|passphrase|secret|token|credential)s?|pwd|api_?keys?|keys?|auth|jwt)_([a-z\d_]{1,40})$/;
const ATTRIBUTES = (
  'pub public exchange standard blank blanking mask sha sha\\d+ md md5 bcrypt crypt id ids uid uuid name names file files path paths uri uris url urls type types kind label labels ' +
  'length len size count counts max min number num limit regex pattern rule rules prompt placeholder hint message messages msg error ' +
  'errors warning text title description expires expiry expiration expired ttl age time timeout date at policy strength ' +
  'position start end offset selector hash hashes hasher digest fingerprint thumbprint checksum salt alg algo algorithm signature ' +
  'mechanism format encoding provider version endpoint reset change column table arn manager store storage vault service server host ' +
  'port list map set array prefix suffix symbol address status scope scopes role handler callback hook button icon model validator ' +
  'strategy util utils helper config options settings generator factory usage budget source target mode flag enabled required visible ' +
  'visibility handle down up press pressed toggle shown exists valid checker verify verified template metadata attr attribute property keys value_from checkbox protect ' +
  'protected protection handle scheme schemes driver validation health entropy expect'
).split(' ');
const ATTRIBUTE = new RegExp(`(?:^|_)(?:${ATTRIBUTES.join('|')})(?:_|$)`);
/** Words for holders of a value that may be a credential, but rarely is. */
const HOLDERS = (
  'field fields index header headers param params parameter method ref refs reference state data info input form page view dto request ' +
  'response event check test tests spec example sample props key'
).split(' ');
const HOLDER = new RegExp(`(?:^|_)(?:${HOLDERS.join('|')})(?:_|$)`);

/**
 * `dbPassword`, `DB_PASSWORD`, `spring.datasource.password` → 'password'; `stripeApiKey`, `token_github` → 'secret'; `key`, `authData` →
 * 'key'.
 *
 * @returns null if the name means something else: `tokenCount`, `passwordField`, `csrfToken`
 */
export function credentialKind(name: string): CredentialKind | null {
  let kind = known.get(name);
  if (kind === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(name, (kind = readKind(name)));
  }
  return kind;
}

/** Cache: a blob repeats the same few names. */
const known = new Map<string, CredentialKind | null>();
const MOST_KNOWN = 5000;

function readKind(name: string): CredentialKind | null {
  const snake = snakeCase(name);
  if (HARMLESS.test(snake) || LOOKUP.test(name)) return null;
  if (PASSWORD.test(snake)) return 'password';
  if (SECRET.test(snake) || STRONG_KEY.test(snake) || HEADER_KEY.test(name)) return 'secret';
  if (BARE_KEY.test(snake)) return 'key';

  const [, credential = '', words = ''] = QUALIFIED.exec(snake) ?? [];
  if (credential !== '' && !ATTRIBUTE.test(words) && !HOLDER.test(words)) return PASSWORD.test(credential) ? 'password' : 'secret';
  const [, rest] = MENTIONS.exec(snake) ?? [];
  return rest === undefined || ATTRIBUTE.test(rest) ? null : 'key';
}

/** Words for tokens that are identifiers: of a request, a page, a device. */
const NAMES_OF_IDENTIFIERS = (
  'request client_?token change action idempot session page device push install correlation transaction upload reset invit share regist ' +
  'continu cursor verif confirm claim batch event task job trace unsub resume sync download order payment cart state callback owner image ' +
  'file media message subject'
).split(' ');
const IDENTIFIER = new RegExp(NAMES_OF_IDENTIFIERS.join('|'), 'i');

/** May a UUID be a credential with this name? In a `requestToken` it is an identifier; in an example, so are other tokens. */
export function admitsUuid(name: string, isExample = false): boolean {
  if (IDENTIFIER.test(name)) return false;
  return (
    /api|secret|access|refresh|private|personal|bearer|password|(?:^|[_.-])auth|deploy|bot|^-*token$/i.test(name) ||
    (!isExample && /token$|^x-.*key$/i.test(name))
  );
}

/** The last member of a name in snake case, without words that do not matter. */
function snakeCase(name: string): string {
  const snake = name
    .replace(/^.*\.(?=[^.]*[a-z]{4})/i, '')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .replace(/([a-z])(\d+)$/i, '$1_$2')
    .toLowerCase()
    .replace(/^_+|_+$/g, '');
  return dropNeutral(snake);
}

function dropNeutral(name: string): string {
  const rest = name.replace(NEUTRAL, '');
  return rest === name ? name : dropNeutral(rest);
}
