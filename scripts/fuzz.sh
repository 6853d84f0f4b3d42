#!/bin/sh
# Feeds the product's readers with inputs that nobody would write, the same ones for the same seed, and tells the first that breaks
# a reader. A table at the end of each says how many were read and accepted, how fast, and the slowest.
#
#   scripts/fuzz.sh [--inputs 1000000] [--seed 7]… [--target NAME]…
#   scripts/fuzz.sh --target NAME --replay BASE64        reads the one input that a finding told
#
# Targets: kline-frames rest-bodies kline-files control-requests control-replies supervisor-json env-files bot-notifications
# telegram-answers stream-requests; all of them without --target, a few minutes for a million each.
# 0 when nothing was found, 1 when something was, 64 for wrong usage.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
project=$root/bench/ExtGap.Fuzz
dotnet build "$project" --configuration Release --verbosity quiet --nologo >&2
exec dotnet "$project/bin/Release/net10.0/extgap-fuzz.dll" "$@"
