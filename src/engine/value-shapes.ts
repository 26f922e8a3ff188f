/** What a value is by its shape, independent of its letters; the first match wins. */
export const SHAPES: readonly (readonly [reason: string, patterns: RegExp])[] = [
  ['bytes', anyOf(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/)],
  // A password with digits may contain a character of another alphabet, but not most of a word.
  ['prose', anyOf(/^(?=[^]*[^\x20-\x7e])(?!(?=[^ ]*$)(?:\D*\d){2})|^[\x20-\x7e]*(?:[\x80-\xff]{2,}[\x20-\x7e]{0,3}){4,}/)],
  [
    'template',
    anyOf(
      // Shell, JavaScript, Ruby, make.
      /\$\{|#\{|\{#|\$\(|^\$[A-Za-z_{(]/,
      // Jinja, Mustache, ERB, printf, batch files.
      /\{\{|\}\}|<%|%>|%\([\w.]+\)|%[sdvqxr@](?!\w)|^%[\w.]+%?$|\[[^\]]*\]\w*%$|%\{|\{[\w.$]*\}/,
      // Shell commands, message parameters, the end of a literal that a variable continues.
      /^`|^(?:[^\w$]*\$\d)+[^\w$]*$|^['"]\s*[.+]\s*[$A-Za-z_]|^=\?[\w-]+\?[bq]\?/,
      // A prefix with a wildcard.
      /^[A-Za-z]{1,8}\*$/,
      // Whole values in brackets, parameters, references, pointers.
      /^<.*>$|^\(.*\)$|^\[.*\]$|^\{.*\}$|^@[A-Za-z_.]+@$|^__\w+__$|^:[a-z_]+$|^&[a-z]|^\*[A-Za-z]/,
      // Byte escapes, regular expressions.
      /\\[nrtu]|\\x[\da-f]{2}|(?:\\0){2}|\(\?[:=!<]|\[(?:\^|a-[fz]|0-9|\\[wds])|\\[wsdb][+*\]]|\\[().]|\)[+*]|\.[*+](?:$|[\\)$/])|^\/\^|\$\/[gimsu]{0,3}$/,
    ),
  ],
  [
    'look-up',
    anyOf(
      /\b(?:process|env|environ|getenv|import\.meta|config|settings|secrets|vault|ssm)[.[(]/,
      /\b(?:options|args|params|props|req|request|this|self)[.[(]/,
      /^(?:op|ref|vault|ssm|arn|secret|keyvault|doppler|berglas|env|file|data|sops|gcp|aws|azure|urn|tag):|^!\w|^projects\//,
      /=>|\(\)|\[-?\d*\]\.|::|->|&&|\|\||^\.[A-Za-z]\w*$|^#\[/,
    ),
  ],
  [
    'encrypted or hashed',
    anyOf(
      /^(?:ENC[[(]|\$ANSIBLE|\{(?:SSHA|SHA|bcrypt|noop|MD5|AES|cipher)|AQICAH|vault:v|age1|(?:hmac[-_]?)?sha\d|md5[-:])/,
      /^\$(?:2[abxy]|argon2|[1569]\$|apr1|pbkdf2)|\$2[abxy]\$\d\d\$|\$argon2(?:i|d|id)\$|^[a-z][a-z\d_]*(?:\$[^$]+){2,3}$|^scram-sha/,
      // Password schemes of LDAP and mail servers, names of algorithms.
      /^\{(?!(?:PLAIN|CLEAR)(?:TEXT)?\})[a-z][\w.-]{2,24}\}[\w$+/=.,-]{13,}$|^(?:s?sha|md|pbkdf|argon|[bs]?crypt|unixcrypt|aes|hmac)[-_]?\d{0,3}[a-z]{0,3}$/,
      // `Salted__` of OpenSSL, `opdata01` of 1Password, prefixes of decryption tools; a key ID with its signature.
      /^U2FsdGVkX1|^b3BkYXRhMDE|^[\da-f]{20}:[\da-f]{64}$|^(?:NACL|GPG|PKCS7|ENC|KMS|CRYPT)[[(]/,
    ),
  ],
  [
    'placeholder',
    anyOf(
      /x{3,}|\*{3,}|\.{3}|#{3,}|-{4,}|_{4,}|\?{3,}|^(.)\1+$|^.{0,30}(.)\2{4,}.{0,30}$|^(.{2,4})\3{3,}$|^(.{3,})\4+$/,
      /your|insert|replace|change[-_ ]?(?:me|this|it)|placeholder|redacted|example|dummy|sample|fake|not[-_ ]?(?:a[-_ ]?)?real/,
      // Runs of `A` in base64. Hashes of the empty string.
      /(?:QUFB){3}/,
      /^(?:d41d8cd98f00|da39a3ee5e6b|e3b0c44298fc)/,
      /\btodo\b|fixme|lorem|ipsum|^(?:none|null|nullptr|nil|undefined|true|false|default|empty|unset|secret|n\/a)$/,
    ),
  ],
  [
    'path or address',
    anyOf(
      /:\\?\/\\?\/|^(?:\.{0,2}|~)\/(?![A-Za-z\d+/]{39,}={0,2}$)[\w.]|^[A-Za-z]:[\\/]|^\\\\/,
      /^(?:[\w-]+\.)+(?:com|org|net|io|dev|local|internal)(?:[:/].*)?$/,
    ),
  ],
  [
    'file',
    anyOf(/^(?:[\w-]+\.)+(?:html?|js|ts|json|ya?ml|xml|php|py|rb|go|java|pem|key|crt|txt|md|svg|png|css|sh|cfg|conf|toml|properties)$/),
  ],
  [
    'public key',
    anyOf(
      /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2)|^AAAA(?:[BC]3NzaC1|E2VjZHNh)|^-----BEGIN (?:PUBLIC|CERT|RSA PUBLIC)|^xpub|^<RSAKeyValue>/,
      // A curve point, with or without its curve; a nested structure, which no private key begins with.
      /^B[A-P][\w+/-]{85}=?$|^(?:\d{1,4}:){1,3}0[234][\da-f]{60,}|^30(?:[0-7][\da-f]|81[\da-f]{2}|82[\da-f]{4})30[\da-f]{20,}$/,
      /^(?:amzn1\.(?:account|application)|pk_(?:live|test)_|phc_|sb_publishable_|(?:pub|sub)-c-|pk-lf-|pk\.eyJ|sq0idp-|mob-|dvc_client_)|^pub[\da-f]{32}$/,
    ),
  ],
  ['version', anyOf(/^\d+(?:\.\d+){2,}|(?:^|[-_v@:])\d+\.\d+\.\d+(?!\w)/)],
  ['date', anyOf(/^\d{4}[-/.]\d\d[-/.]\d\d(?:[T ].*)?$|^\d{1,2}[-/.:]\d{1,2}(?:[-/.:]\d{2,4})?$/)],
  ['mail address', anyOf(/^[\w.+-]+@(?:localhost|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6})$/)],
  ['number', anyOf(/^#[\da-f]{3,8}$|^0x[\da-f]{1,40}$/)],
  ['rate', anyOf(/^\d+(?:\/\w+)+(?:,|$)/)],
];

/** Keyboard rows, runs of digits, and the first guesses of every attacker. */
export const COMMON = anyOf(
  /qwert|querty|asdf|zxcv|qazwsx|1q2w|q1w2/,
  /12345|23456|98765|54321|0987|123123|abcde|bcdef|abc123|abcabc/,
  /deadbeef|cafebabe|p4ss|pa55|passw|p@ss|pa..w[o0]rd|passphrase|letmein|s[e3]k?[ck]+r[ei3]t|hunter2|admin/,
);
/** {@link COMMON} with other characters between its letters. */
export const DISGUISED = /pa..word|secret|changeme|letmein/;

/** One case-insensitive pattern out of several. Only the first may contain back references. */
function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'i');
}
