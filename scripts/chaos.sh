#!/bin/sh
# Puts the whole product (supervisor, three bots, exchange, Telegram's stand-in, all on loopback) under faults of every kind, and checks that
# nothing is lost. Ends with a table, and exit code 0 where all holds.
#
#   scripts/chaos.sh --minutes 20 --seed 7
#   scripts/chaos.sh --minutes 5 --seed 8 --intensity 2
#   scripts/chaos.sh soak --minutes 10     a month without a fault: nothing may grow
#
# More options: scripts/chaos.sh --help. EXTGAP_EXECUTABLES names a folder with other executables, such as native ones.
# As root it also fills a disk, a small one of its own; with a C compiler it moves the wall clock.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
"$root/extgap" --version >&2
DOTNET_ROOT=${DOTNET_ROOT:-$(cat "$root/.build/current/dotnet-root")}
export DOTNET_ROOT
DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 dotnet build "$root/bench/ExtGap.Chaos" --configuration Release --verbosity quiet >&2
exec "$root/bench/ExtGap.Chaos/bin/Release/net10.0/extgap-chaos" "$@" --executables "${EXTGAP_EXECUTABLES:-$root/.build/current}"
