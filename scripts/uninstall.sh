#!/bin/sh
# Removes what scripts/install.sh has installed, and nothing else: ledgers, logs and configurations stay.
#
#   scripts/uninstall.sh [--prefix DIRECTORY]    default ~/.local
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
. "$root/scripts/old-builds.sh"
prefix=$HOME/.local
case ${1:-} in
  '') ;;
  --prefix) prefix=${2:?--prefix takes a directory} ;;
  --prefix=*) prefix=${1#*=} ;;
  *) sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 64 ;;
esac
[ -d "$prefix/lib/extgap" ] || { echo "ExtGap is not installed in $prefix."; exit 0; }
prefix=$(cd "$prefix" && pwd -P)

if [ -d /proc/self ] && runs_from "$prefix/lib/extgap"; then
  echo "ExtGap runs from $prefix: 'extgap stop-all' first, in the folder of each supervisor.json." >&2
  exit 1
fi

for name in extgap extgap-bot extgap-exchange; do
  case $(readlink "$prefix/bin/$name" || true) in
    ../lib/extgap/*) rm -f "$prefix/bin/$name" ;;
  esac
  rm -f "$prefix/share/man/man1/$name.1"
done
rm -f "$prefix/share/bash-completion/completions/extgap" "$prefix/share/zsh/site-functions/_extgap" "$prefix/share/fish/vendor_completions.d/extgap.fish"
remove_old_builds "$prefix/lib/extgap" ''
rmdir "$prefix/lib/extgap" 2>/dev/null || echo "What else is in $prefix/lib/extgap stays."
echo "Removed from $prefix."
