#!/usr/bin/env bash
# Starts an exchange on loopback at high speed, and three bots on it: 3m, 15m and 1h.
#
#   scripts/try.sh                                      a market of its own
#   scripts/try.sh AVAXUSDT-1m-2023-02.csv              a month as the exchange publishes it, .csv or .zip
#   SPEED=60 scripts/try.sh                             times real time (default 600), or max
#
# It needs no network, no token and no configuration. Ledgers and CSV files go to demo/, which is emptied first. Ctrl-C ends it.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
data=$root/demo
klines=${1:-}
symbol=BTCUSDT
market=(--symbol "$symbol")
if [ -n "$klines" ]; then
  [ -f "$klines" ] || { echo "There is no file $klines." >&2; exit 64; }
  symbol=$(basename "$klines"); symbol=${symbol%%-*}
  market=(--klines "$klines")
fi

echo "Building …"
for project in Bot Exchange; do
  if ! log=$(dotnet build -c Release --nologo "$root/src/ExtGap.$project" 2>&1); then
    printf '%s\n' "$log" >&2
    exit 1
  fi
done
bot=$root/src/ExtGap.Bot/bin/Release/net10.0/extgap-bot
exchange=$root/src/ExtGap.Exchange/bin/Release/net10.0/extgap-exchange

rm -rf "$data"
mkdir -p "$data"
pids=()
finish() {
  trap - EXIT
  # The bots first: each says goodbye to an exchange that is still there.
  for pid in "${pids[@]:1}" "${pids[0]:-}"; do
    [ -z "$pid" ] || { kill "$pid" 2>/dev/null && wait "$pid"; } || true
  done
  echo "Ended. Ledgers and CSV files are in $data."
}
trap finish EXIT
trap 'exit 0' INT TERM

"$exchange" --listen 127.0.0.1:0 "${market[@]}" --speed "${SPEED:-600}" --wait-for 3 > "$data/exchange.log" 2>&1 &
pids+=($!)
for _ in $(seq 100); do
  address=$(sed -n 's/^Listening on //p' "$data/exchange.log")
  [ -n "$address" ] && break
  kill -0 "${pids[0]}" 2>/dev/null || { cat "$data/exchange.log" >&2; exit 1; }
  sleep 0.1
done

# Ctrl-C reaches everybody on the terminal; what names the lines goes on for the bots' last words.
for timeframe in 3m 15m 1h; do
  "$bot" --symbol "$symbol" --timeframe "$timeframe" --data-directory "$data" \
    --stream-url "ws://${address#http://}" --api-url "$address" --telegram-url "$address" \
    > >(trap '' INT TERM; exec sed -u "s/^/$(printf '%-4s' "$timeframe")| /") 2>&1 &
  pids+=($!)
done
wait
