/** What the name of a variable, key, option or element says its value is; 'key' alone says little. */
export type CredentialKind = 'password' | 'secret' | 'key';

const PASSWORD = new RegExp(
  '(?:password|passwd|passphrase|passwort|passcode|pwd|(?:^|_)(?:pass|pw)|(?:db|user|admin|root|my|sql|smtp|proxy|test)pass' +
    '|^convert_to_secure|^identified)$',
);
const SECRET = new RegExp(
  '(?:secret|token|credentials?|creds?|apikey|authkey|accesskey|secretkey|privatekey|(?:^|_)auth|(?:^|_)(?:n|x|master|cipher)key' +
    '|(?:^|_)jwt|(?:^|_)[th]otp(?:_new)?|auth(?:orization)?_code|oauth_verifier|(?:^|_)secret_?key_base|secret_base)$',
);
/** Words that make a `key` one that opens something. */
const KEY_OWNERS = (
  'api secret access private priv auth sign signing signature encrypt encryption decrypt decryption crypt crypto cipher aes hmac ' +
  'account storage master shared service session consumer client license licence app application admin webhook jwt cookie server ' +
  'security management subscription ingestion deploy machine validation tls seed rsa maps write read primary secondary'
).split(' ');
const STRONG_KEY = new RegExp(`(?:${KEY_OWNERS.join('|')})_?key$`);
const BARE_KEY = /(?:^|_)key$/;

/** Words after the credential that do not change what the value is. */
const NEUTRAL = new RegExp(
  '_(?:value|val|str|string|default|base64|b64|hex|raw|plain|plaintext|text|prod|production|dev|development|test|testing|staging|stage|live' +
    '|sandbox|local|old|new|current|confirm|confirmation|again|repeat|here|v?_?\\d+|env)$',
);

/** Words before the credential that make it one for everybody, for one page, or none. */
const HARMLESS_OWNERS = (
  'public publishable csrf xsrf next page paging pagination continuation cursor cancel cancellation syntax lexer parser cache sort ' +
  'partition primary foreign translation i18n locale hash hashed encrypted crypted digest invalid fake dummy mock example sample ' +
  'placeholder redacted masked wrong bad partial synchronizer antiforgery verification no'
).split(' ');
const HARMLESS = new RegExp(
  `(?:^|_)(?:pub|${HARMLESS_OWNERS.join('|')})_(?:\\w+_)?(?:token|key|secret|password|auth|pass|pwd|credentials?)$` +
    '|(?:csrf|xsrf)\\w*(?:token|secret)$|socket_?key$|authenticity_token$|public_?key_?token$|^no_?pass|sub_?key$',
);

/** A credential, and words behind it that tell it from others (`token_github`), unless they make it something else (`token_count`). */
const QUALIFIED = /^.*?(pass(?:word|wd|phrase)|pwd|secret|token|(?:api|access|secret|private|auth)_?key|credentials?)_([a-z\d_]{2,24})$/;
const ATTRIBUTES = (
  'sha sha\\d+ md5 bcrypt crypt id ids name names file files path paths uri uris url urls type types kind field fields label labels ' +
  'length len size count counts max min number num limit regex pattern rule rules prompt placeholder hint message messages msg error ' +
  'errors warning text title description expires expiry expiration expired ttl age time timeout date at policy strength index ' +
  'position start end offset header headers param params parameter class selector hash hashes hasher digest salt alg algo algorithm ' +
  'mechanism method format encoding provider version endpoint reset change column table ref refs reference arn manager store storage ' +
  'vault service server host port list map set array prefix suffix symbol address status state scope scopes role data info handler ' +
  'callback hook input form button icon page view model validator strategy util utils helper config options settings generator ' +
  'factory dto request response event usage budget source target mode flag enabled required visible visibility toggle shown exists ' +
  'valid check checker verify verified test tests spec example sample template metadata attr attribute property props key keys ' +
  'value_from'
).split(' ');
const ATTRIBUTE = new RegExp(`(?:^|_)(?:${ATTRIBUTES.join('|')})(?:_|$)`);

/**
 * `dbPassword`, `DB_PASSWORD`, `spring.datasource.password` → 'password'; `stripeApiKey`, `token_github` → 'secret'; `key` → 'key'.
 *
 * @returns null where the name stands for something else: `tokenCount`, `passwordField`, `csrfToken`
 */
export function credentialKind(name: string): CredentialKind | null {
  const snake = snakeCase(name);
  if (HARMLESS.test(snake)) return null;
  if (PASSWORD.test(snake)) return 'password';
  if (SECRET.test(snake) || STRONG_KEY.test(snake)) return 'secret';
  if (BARE_KEY.test(snake)) return 'key';

  const [, credential, words] = QUALIFIED.exec(snake) ?? [];
  if (credential === undefined || ATTRIBUTE.test(words!)) return null;
  return PASSWORD.test(credential) ? 'password' : 'secret';
}

/** May a UUID be the credential of this name? Of a `requestToken` it is an identifier. */
export function admitsUuid(name: string): boolean {
  return (
    /api|secret|access|refresh|private|personal|bearer|password|(?:^|[_.-])auth|deploy|bot|^-*token$/i.test(name) &&
    !/request|client_?token|change|action|idempot/i.test(name)
  );
}

/** The last member of a name in lower case, words parted by `_`, without those that say nothing. */
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
