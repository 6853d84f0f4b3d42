#!/bin/sh
# Installs extgap, extgap-bot and extgap-exchange, with completions for bash, zsh and fish and manual pages.
#
#   scripts/install.sh                      into ~/.local
#   scripts/install.sh --prefix /usr/local  elsewhere
#   scripts/install.sh --managed            with .NET's just-in-time compiler, where native code is not wanted
#
# It makes native executables where there is a linker (clang or gcc), which need no .NET to run; else they need the .NET runtime.
# Run again it upgrades: data and configuration are elsewhere and untouched, and a supervisor that runs goes on with the version that
# it was started from, until it is restarted.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
. "$root/scripts/old-builds.sh"
prefix=$HOME/.local
native=yes

usage() {
  sed -n '2,7s/^# \{0,1\}//p' "$0"
  exit "$1"
}

while [ $# -gt 0 ]; do
  case $1 in
    --prefix) [ $# -ge 2 ] || usage 64; prefix=$2; shift ;;
    --prefix=*) prefix=${1#*=} ;;
    --managed) native=no ;;
    -h|--help) usage 0 ;;
    *) echo "install.sh: '$1' is not understood." >&2; usage 64 ;;
  esac
  shift
done

mkdir -p "$prefix"
prefix=$(cd "$prefix" && pwd -P)
lib=$prefix/lib/extgap
log=$root/.build/install.log

command -v dotnet >/dev/null || {
  echo "ExtGap is built with the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  exit 1
}

# publish ARTIFACTS [PROPERTY…]: all executables into $folder. Native and managed builds share no intermediate file.
publish() {
  artifacts=$root/.build/$1
  shift
  DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 dotnet msbuild "$root/src/Executables.proj" -restore -m -nodeReuse:false -nologo \
    -v:minimal -p:UseSharedCompilation=false -p:UseArtifactsOutput=true -p:ArtifactsPath="$artifacts" -p:PublishDir="$folder/" "$@" > "$log" 2>&1
}

mkdir -p "$lib" "$root/.build"
folder=$(mktemp -d "$lib/extgap.XXXXXX")
chmod go+rx "$folder"
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

if [ "$native" = yes ] && ! command -v clang >/dev/null && ! command -v gcc >/dev/null; then
  echo "There is no clang and no gcc to link native executables with: these will need the .NET runtime."
  native=no
fi

if [ "$native" = yes ]; then
  echo "Building native executables (some minutes) …"
  # The warnings are Telegram.Bot's, about parts of it that nobody uses here.
  publish native -p:PublishAot=true -p:TreatWarningsAsErrors=false -p:ILLinkTreatWarningsAsErrors=false || {
    echo "That can't be done here (see $log): these will need the .NET runtime."
    native=no
    rm -rf "${folder:?}"/*
  }
fi

if [ "$native" = no ]; then
  echo "Building executables for the .NET runtime …"
  publish managed || {
    cat "$log" >&2
    exit 1
  }
fi
rm -f "$folder"/*.dbg "$folder"/*.pdb

# link NAME: bin/NAME becomes this version's, at once.
link() {
  mkdir -p "$prefix/bin"
  ln -s "../lib/extgap/${folder##*/}/$1" "$prefix/bin/.$1.$$"
  mv -f "$prefix/bin/.$1.$$" "$prefix/bin/$1"
}

# place FILE: writes stdin to a file of the prefix, whole or not at all.
place() {
  mkdir -p "$(dirname "$prefix/$1")"
  cat > "$prefix/$1.$$"
  mv -f "$prefix/$1.$$" "$prefix/$1"
}

# manual NAME VERB…: a page with the help of a program and its verbs.
manual() {
  program=$1
  shift
  {
    printf '.TH %s 1 "" "%s"\n.SH NAME\n%s\n.SH DESCRIPTION\n' "$(echo "$program" | tr '[:lower:]' '[:upper:]')" "ExtGap" "$program"
    for verb in '' "$@"; do
      [ -z "$verb" ] || printf '.SS %s %s\n' "$program" "$verb"
      printf '.nf\n'
      # shellcheck disable=SC2086 # No verb is no argument.
      "$folder/$program" $verb --help | sed 's/\\/\\\\/g; s/^[.'"'"']/\\\&&/'
      printf '.fi\n'
    done
  } | place "share/man/man1/$program.1"
}

"$folder/extgap" completion bash | place share/bash-completion/completions/extgap
"$folder/extgap" completion zsh | place share/zsh/site-functions/_extgap
"$folder/extgap" completion fish | place share/fish/vendor_completions.d/extgap.fish
manual extgap start-all stop-all start stop restart status health logs reload supervise init check demo completion
manual extgap-bot backtest gaps trades stats health check notify
manual extgap-exchange

# Last, when nothing can fail any more: until here the version before is what runs.
trap - EXIT INT TERM
link extgap
link extgap-bot
link extgap-exchange
remove_old_builds "$lib" "$folder"

echo "Installed in $prefix: $("$folder/extgap" --version)."
case :$PATH: in
  *":$prefix/bin:"*) ;;
  *) echo "Put it into your PATH: export PATH=\"$prefix/bin:\$PATH\"" ;;
esac
if [ "$(builds_in "$lib" | wc -l)" -gt 1 ]; then
  echo "Something runs from the version before. 'extgap stop-all && extgap start-all' changes over, in the folder of each supervisor.json."
fi
