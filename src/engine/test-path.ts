const TEST_WORDS = (
  'tests? specs? __tests__ __mocks__ e2e fixtures? testdata test-data mocks? stubs? samples? examples? demos? docs? documentation ' +
  'cassettes snapshots stories tutorials? readme changelog cypress testing testcases? unittests? mirage molecule quickstart bench(?:es|marks?)? ' +
  'fuzz(?:ing|ers?)? corpus corpora'
).split(' ');
const TEST_PATH = new RegExp(
  `(?:^|[/._-])(?:${TEST_WORDS.join('|')})(?:[/._-]|$)|(?:^|/)(?:t|regress)/|\\.(?:md|mdx|rst|adoc|template|dist)$`,
  'i',
);
/** `UserTest.java`: the case distinguishes it from `latest.java`. */
const TEST_CLASS = /(?:Test|Tests|Spec|IT)\.\w+$/;

/** Tests, documentation, examples: values there are rarely live. */
export function isTestPath(path: string): boolean {
  return TEST_PATH.test(path) || TEST_CLASS.test(path);
}
