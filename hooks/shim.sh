#!/bin/sh
# code-guardian shim 1: written by `code-guardian install`@made@, removed by `code-guardian uninstall`.
name='@name@' # not from $0: hook managers rename chained hooks
original='@original@' # the previous hook, next to this file; it runs first
runtime='@runtime@'
node='@node@'
takes_input='@takes_input@' # git writes to the standard input of this hook

folder=${0%/*} package=node_modules/code-guardian
[ -z "$takes_input" ] || [ -t 0 ] || input=$(cat)
give_input() { [ -z "$input" ] || printf '%s\n' "$input" 2>/dev/null; }
run_original() { if [ -n "$takes_input" ]; then give_input | "$folder/$original" "$@"; else "$folder/$original" "$@"; fi; }
# A manager may chain this file in turn: run the original only once.
if [ -n "$original" ] && [ -x "$folder/$original" ] && [ "$code_guardian_chain" != "$PWD/$original" ]; then
  export code_guardian_chain="$PWD/$original" && { run_original "$@" || exit $?; }
fi

feed() { # input from git, or output of git commands that run while Node starts; if they fail, Node runs them
  @feed@
}
find_runtime() {
  [ -x "$node" ] || node=$(command -v node)
  for candidate in "$runtime" "$PWD/$package/dist/bin.cjs"; do [ -f "$candidate" ] && runtime=$candidate && return; done
  runtime=$(git rev-parse --git-common-dir)/../$package/dist/bin.cjs # in the main worktree
  [ -f "$runtime" ] || runtime=
}
find_runtime; init=${XDG_CONFIG_HOME:-$HOME/.config}/code-guardian/init.sh
if { [ -z "$node" ] || [ -z "$runtime" ]; } && [ -f "$init" ]; then . "$init" && find_runtime; fi
run_switched_off() { [ -n "$node" ] && [ -n "$runtime" ] && "$node" "$runtime" hook "$name" </dev/null; } # prints and counts it
[ "$CODE_GUARDIAN" = 0 ] && { run_switched_off || echo 'code-guardian: switched off by CODE_GUARDIAN=0' >&2; exit 0; }
@before@
if [ -n "$node" ] && [ -n "$runtime" ]; then # Node 20 parses extra certificates at every start, and hooks need no TLS
  feed "$@" 2>/dev/null | NODE_EXTRA_CA_CERTS='' "$node" "$runtime" hook "$name" @options@ "$@"
  code=$?; case $code in [0-2] | 130 | 143) ;; *) echo "code-guardian: stopped with exit code $code. Is there enough memory?" >&2; code=2 ;; esac
  [ -f "${GIT_DIR:-.git}/code-guardian/outbox.jsonl" ] || exit $code
  { sleep 1; "$node" "$runtime" publish "${GIT_DIR:-.git}"; } </dev/null >/dev/null 2>&1 & exit $code # after git has finished
fi
PATH=$PWD/node_modules/.bin:$PATH missing=${node:+code-guardian}
if command -v code-guardian >/dev/null; then give_input | code-guardian hook "$name" "$@"; exit $?; fi
printf '%s\n' "code-guardian: ${missing:-node}: command not found, so nothing was scanned." "  Set PATH in $init, or run: npx code-guardian install" >&2; exit 2
