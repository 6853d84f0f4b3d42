# shellcheck shell=sh
# Part of ./extgap and install.sh.

# runs_from FOLDER: whether a process was started from it. Where there is no /proc nobody knows.
runs_from() {
  # shellcheck disable=SC2010 # One process reads all links, and one path of ours is all that is looked for.
  [ ! -d /proc/self ] || ls -l /proc/[0-9]*/exe 2>/dev/null | grep -qF -- "-> $1/"
}

# builds_in FOLDER: the builds in it, a line each: folders that mktemp has named. Whatever else is there is somebody else's.
builds_in() {
  for build in "$1"/extgap.??????; do
    [ ! -d "$build" ] || echo "$build"
  done
}

# remove_old_builds FOLDER NEWEST: removes the builds in a folder that no process runs from. A supervisor starts its programs from
# its own build for as long as it lives.
remove_old_builds() {
  builds_in "$1" | while IFS= read -r old; do
    [ "$old" = "$2" ] || runs_from "$old" || rm -rf "$old"
  done
}
