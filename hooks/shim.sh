#!/bin/sh
# code-guardian shim 1: written by `code-guardian install`, taken out by `code-guardian uninstall`.
name='@name@' # not from $0: managers that chain a hook rename it
original='@original@' # the hook that was here before, beside this file; it runs first
runtime='@runtime@'
node='@node@'

folder=${0%/*}
# Where that is a manager that has this file behind it in turn, once around is enough.
if [ -n "$original" ] && [ -x "$folder/$original" ] && [ "$code_guardian_chain" != "$PWD/$original" ]; then
  code_guardian_chain=$PWD/$original "$folder/$original" "$@" || exit $?
fi
[ "$CODE_GUARDIAN" = 0 ] && echo 'code-guardian: switched off by CODE_GUARDIAN=0' >&2 && exit 0

ask_git() { # runs while Node starts; where it fails, Node asks again
  @commands@
}
find_runtime() {
  [ -x "$node" ] || node=$(command -v node)
  for candidate in "$runtime" "$PWD/node_modules/code-guardian/dist/bin.cjs" "$folder/../../node_modules/code-guardian/dist/bin.cjs"; do
    [ -f "$candidate" ] && runtime=$candidate && return
  done
  runtime=
}
find_runtime
init=${XDG_CONFIG_HOME:-$HOME/.config}/code-guardian/init.sh
if { [ -z "$node" ] || [ -z "$runtime" ]; } && [ -f "$init" ]; then
  . "$init"
  find_runtime
fi
unset NODE_EXTRA_CA_CERTS # Node 20 parses that file at every start, and nothing here speaks TLS
if [ -n "$node" ] && [ -n "$runtime" ]; then
  ask_git 2>/dev/null | "$node" "$runtime" hook "$name" --piped @protocol@ "$@"
  exit $?
fi
command -v code-guardian >/dev/null && exec code-guardian hook "$name" "$@"
[ -n "$node" ] && missing=code-guardian || missing=node
echo "code-guardian: $missing was not found, so nothing was scanned." >&2
echo "  Set PATH in $init, or run: npx code-guardian install" >&2
exit 2
