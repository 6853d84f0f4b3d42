# shellcheck shell=sh disable=SC2154
# Builds the executables into .build/current. Part of ./extgap, which says what $root, $built and is_current are.

. "$root/scripts/old-builds.sh"
build=$root/.build
mkdir -p "$build"

needed() {
  echo "ExtGap is built with the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  exit 1
}

# One at a time; the kernel lets go of the lock however its holder ends.
if command -v flock >/dev/null; then
  exec 9>"$build/lock"
  if ! flock -n 9; then
    echo "Another build of ExtGap runs: waiting for it …" >&2
    flock 9
  fi
fi

if ! is_current; then
  command -v dotnet >/dev/null || needed
  echo "Building ExtGap (once, about a minute) …" >&2
  folder=$(mktemp -d "$build/extgap.XXXXXX")
  chmod go+rx "$folder"
  trap 'rm -rf "$folder"' EXIT
  trap 'exit 130' INT TERM

  # Before the build: what is changed while it runs is built at the next call.
  : > "$folder/stamp"

  # No server stays behind, neither MSBuild's nor the compiler's.
  if ! DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 dotnet msbuild "$root/src/Executables.proj" -restore -m -nodeReuse:false -nologo \
      -v:minimal -p:UseSharedCompilation=false -p:UseArtifactsOutput=true -p:ArtifactsPath="$build" -p:PublishDir="$folder/" \
      > "$build/build.log" 2>&1 9>&-; then
    cat "$build/build.log" >&2
    needed
  fi
  mv "$build/dotnet-root" "$folder/dotnet-root"
  ln -s "${folder##*/}" "$build/link.$$"
  mv -T "$build/link.$$" "$built" 2>/dev/null || { rm -f "$built"; mv "$build/link.$$" "$built"; }
  trap - EXIT INT TERM
  remove_old_builds "$build" "$folder"
fi

if command -v flock >/dev/null; then
  exec 9>&-
fi
