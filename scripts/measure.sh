#!/bin/sh
# Measures the three native executables, and others that do the same, and prints the table of docs/performance.md in Markdown.
#
#   scripts/measure.sh [--rounds N] [--rows PATTERN] [--peers] [--work FOLDER] [--executables FOLDER] [--write]
#
#   --rounds N             how often each is measured, in turn; 5
#   --rows PATTERN         a regular expression of the rows' names; all
#   --peers                measures supervisord, pm2 and a bot in Python too, and installs what is missing: Debian's supervisor,
#                          python3-python-telegram-bot, python3-websockets and python3-aiohttp (as root), npm's pm2 (into the work folder)
#   --work FOLDER          builds and measures there, outside this tree, and keeps the builds; default: one in the temporary folder
#   --executables FOLDER   measures the executables of that folder instead of building this tree's
#   --write                puts the table into docs/performance.md; nothing else of this tree is ever written
#
# It needs the .NET 10 SDK and a linker (clang or gcc), Linux, and a machine with nothing else to do. Everything stays on loopback.
# Exit code 1 where something could not be measured.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
rounds=5
rows=.
peers=no
# One for each tree, so that two can be measured beside each other.
work=${TMPDIR:-/tmp}/extgap-measure.$(printf %s "$root" | cksum | cut -d ' ' -f 1)
executables=
write=no

usage() {
  sed -n '2,16s/^# \{0,1\}//p' "$0"
  exit "$1"
}

while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=${2:?--rounds takes a number}; shift ;;
    --rows) rows=${2:?--rows takes a pattern}; shift ;;
    --peers) peers=yes ;;
    --work) work=${2:?--work takes a folder}; shift ;;
    --executables) executables=${2:?--executables takes a folder}; shift ;;
    --write) write=yes ;;
    -h|--help) usage 0 ;;
    *) echo "measure.sh: '$1' is not understood." >&2; usage 64 ;;
  esac
  shift
done

mkdir -p "$work"
work=$(cd "$work" && pwd -P)
case $work/ in
  "$root"/*) echo "measure.sh: --work $work is inside this tree: name a folder outside." >&2; exit 64 ;;
esac

# publish FOLDER PROJECT [OPTION…]: native executables into a folder, and all that the build makes into the work folder.
publish() {
  folder=$1
  project=$2
  shift 2
  DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 dotnet msbuild "$root/$project" -restore -m -nodeReuse:false -nologo -v:minimal \
    -p:UseSharedCompilation=false -p:UseArtifactsOutput=true -p:ArtifactsPath="$work/build" -p:PublishDir="$folder/" \
    -p:PublishAot=true -p:TreatWarningsAsErrors=false -p:ILLinkTreatWarningsAsErrors=false "$@" > "$work/build.log" 2>&1 || {
    cat "$work/build.log" >&2
    exit 1
  }
}

if [ -z "$executables" ]; then
  echo "Building native executables (some minutes) …" >&2
  executables=$work/bin
  publish "$executables" src/Executables.proj
fi

# Measuring is done by a native program too: it has to be faster than what it measures.
publish "$work/measure" bench/ExtGap.Measure/ExtGap.Measure.csproj \
  -t:Publish -p:Configuration=Release -p:SelfContained=true -p:UseCurrentRuntimeIdentifier=true -p:RunAnalyzers=false -p:GenerateDocumentationFile=false

# install COMMAND NAME…: Debian's packages, where a command fails that needs them.
install() {
  eval "$1" > /dev/null 2>&1 && return
  shift
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then
    echo "measure.sh: these are needed for --peers: $*" >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" > "$work/install.log" 2>&1 || {
    cat "$work/install.log" >&2
    exit 1
  }
}

set --
versions=
if [ "$peers" = yes ]; then
  # A service that the package starts is in nobody's way: each measurement runs supervisord with a configuration and socket of its own.
  install 'test -x /usr/bin/supervisord' supervisor
  install '/usr/bin/python3 -W ignore -c "import telegram, websockets, aiohttp"' python3-python-telegram-bot python3-websockets python3-aiohttp
  [ -x "$work/pm2/node_modules/.bin/pm2" ] || npm install --silent --no-audit --no-fund --prefix "$work/pm2" pm2 > /dev/null
  set -- --supervisord /usr/bin/supervisord --pm2 "$work/pm2/node_modules/.bin/pm2" --python /usr/bin/python3 --python-bot "$root/bench/peers/bot.py"
  versions="Peers: supervisord $(/usr/bin/supervisord --version), pm2 $(sed -n 's/^  "version": "\(.*\)",/\1/p' "$work/pm2/node_modules/pm2/package.json") on Node.js $(node --version | tr -d v), $(/usr/bin/python3 --version) with $(/usr/bin/python3 -W ignore -c 'import telegram, websockets; print("python-telegram-bot", telegram.__version__, "and websockets", websockets.__version__)')."
fi

code=0
"$work/measure/extgap-measure" --executables "$executables" --work "$work/w" --rounds "$rounds" --rows "$rows" --output "$work/table.md" "$@" || code=$?
[ "$code" -le 1 ] || exit "$code"
[ -z "$versions" ] || echo "$versions" >> "$work/table.md"
cat "$work/table.md"

if [ "$write" = yes ]; then
  document=$root/docs/performance.md
  awk -v table="$work/table.md" '
    /^<!-- measured -->$/ { print; print ""; while ((getline line < table) > 0) print line; print ""; skip = 1 }
    /^<!-- end of measured -->$/ { skip = 0 }
    !skip && !/^<!-- measured -->$/' "$document" > "$work/performance.md"
  cat "$work/performance.md" > "$document"
fi
exit "$code"
