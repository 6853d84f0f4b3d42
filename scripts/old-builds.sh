# shellcheck shell=sh
# Part of ./extgap and install.sh.

# runs_from FOLDER: whether a process was started from it. Where there is no /proc nobody knows.
runs_from() {
  # shellcheck disable=SC2010 # One process reads all links, and one path of ours is all that is looked for.
  [ ! -d /proc/self ] || ls -l /proc/[0-9]*/exe 2>/dev/null | grep -qF -- "-> $1/"
}

# remove_old_builds FOLDER NEWEST: removes the builds in a folder that no process runs from. A supervisor starts its programs from
# its own build for as long as it lives.
remove_old_builds() {
  for old in "$1"/extgap.*; do
    [ "$old" = "$2" ] || runs_from "$old" || rm -rf "$old"
  done
}
