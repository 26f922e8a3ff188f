/** `eslint` of `eslint/no-eval`: what another scanner finds bears the name of its stage. Any other rule is a family of its own. */
export function familyOf(rule: string): string {
  const end = rule.indexOf('/');
  return end === -1 ? rule : rule.slice(0, end);
}
