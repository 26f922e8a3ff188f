/** `eslint` for `eslint/no-eval`: findings of another scanner have the name of its stage. Any other rule is its own family. */
export function familyOf(rule: string): string {
  const end = rule.indexOf('/');
  return end === -1 ? rule : rule.slice(0, end);
}
