#!/usr/bin/env bash
# Runs what the image runs as its container would, without Docker: as process 1 of namespaces of its own, as user 10001, on a read-only root,
# with three bots on an exchange on loopback. It must become healthy, leave no zombie, and end with 0 after SIGTERM.
#
#   deploy/docker/try-as-process-1.sh [FOLDER]          executables that are published already; else they are now
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
[ "$(id -u)" -eq 0 ] || { echo "skipped: only root can make the namespaces" >&2; exit 77; }
for tool in unshare nsenter setpriv mount; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed" >&2; exit 77; }
done
unshare --mount --pid --fork true 2>/dev/null || { echo "skipped: namespaces can't be made here" >&2; exit 77; }

work=$(mktemp -d)
chmod 0755 "$work"
pids=()
one=
finish() {
  trap - EXIT
  # What enters namespaces is deaf to SIGTERM; with process 1 all of them end.
  [ -z "$one" ] || kill -KILL "$one" 2>/dev/null || true
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" || true
  done
  rm -rf "$work"
}
trap finish EXIT
fail() { echo "FAILED: $*" >&2; sed 's/^/  | /' "$work/output.log" "$work"/state/logs/*.log >&2 || true; exit 1; }

if [ $# -gt 0 ]; then
  cp -r "$1" "$work/app"
else
  for project in Bot Supervisor; do dotnet publish "$root/src/ExtGap.$project" -c Release -o "$work/app" --nologo -v quiet; done
fi
dotnet build "$root/src/ExtGap.Exchange" -c Release --nologo -v quiet
"$root/src/ExtGap.Exchange/bin/Release/net10.0/extgap-exchange" --listen 127.0.0.1:0 --symbol BTCUSDT --speed 60 > "$work/exchange.log" 2>&1 &
pids+=($!)
address=
until [ -n "$address" ]; do
  kill -0 "${pids[0]}" || { cat "$work/exchange.log" >&2; exit 1; }
  sleep 0.1
  address=$(sed -n 's/^Listening on //p' "$work/exchange.log")
done

# The layout of the image: /var/lib/extgap is root's but for the three folders.
mkdir -p "$work"/state/{data,logs,run}
cp "$root/supervisor.json" "$work/state/"
chown 10001:10001 "$work"/state/{data,logs,run}
chmod -R a+rX "$work/app" "$work/state"
cat > "$work/container.sh" <<'INNER'
set -eu
mount --make-rprivate /
mount -t tmpfs -o mode=1777 tmpfs /mnt
mkdir /mnt/app /mnt/state
mount --bind "$1/app" /mnt/app
mount --bind "$1/state" /mnt/state
mount -o remount,bind,ro /mnt/state
for folder in data logs run; do mount --bind "$1/state/$folder" "/mnt/state/$folder"; done
mount -t proc proc /proc
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -o remount,bind,ro /mnt/app
mount -o remount,ro /mnt
mount -o remount,bind,ro /
cd /mnt/state
if touch /etc/extgap-probe 2>/dev/null; then echo "The root is writable." >&2; exit 1; fi
exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all /mnt/app/extgap supervise
INNER
export EXTGAP_CONFIG=/mnt/state/supervisor.json DOTNET_EnableDiagnostics=0
export EXTGAP_STREAM_URL="ws://${address#http://}" EXTGAP_API_URL="$address"
unshare --mount --pid --fork --kill-child sh "$work/container.sh" "$work" > "$work/output.log" 2>&1 &
outside=$!
pids+=("$outside")

for _ in $(seq 100); do
  one=$(tr -d ' ' 2>/dev/null < "/proc/$outside/task/$outside/children" || true)
  [ -n "$one" ] && break
  sleep 0.1
done
[ -n "$one" ] || fail "there is no process 1"
inside() { nsenter --target "$one" --mount --pid -- setpriv --reuid 10001 --regid 10001 --clear-groups "$@"; }

for _ in $(seq 120); do
  inside /mnt/app/extgap health > "$work/health.log" 2>&1 && break
  kill -0 "$outside" 2>/dev/null || fail "it ended"
  sleep 0.5
done
inside /mnt/app/extgap health || fail "it does not become healthy: $(cat "$work/health.log")"
inside /mnt/app/extgap status
[ "$(inside sh -c 'tr "\0" " " < /proc/1/cmdline')" = "/mnt/app/extgap supervise " ] || fail "process 1 is another one"
[ "$(inside sh -c 'sed -n "s/^Uid:\t\([0-9]*\).*/\1/p" /proc/1/status')" = 10001 ] || fail "process 1 is another user's"

# Orphans that end are process 1's to take away.
inside sh -c 'for i in 1 2 3 4 5; do (sleep 0.2 &) ; done'
sleep 1.5
zombies=$(inside sh -c 'cat /proc/[0-9]*/stat 2>/dev/null' | grep -c ') Z ' || true)
[ "$zombies" -eq 0 ] || fail "$zombies zombies"

kill -TERM "$one"
status=0
wait "$outside" || status=$?
[ "$status" -eq 0 ] || fail "it ended with $status"
grep -q 'Stopped$' "$work/output.log" || fail "it did not end in order"
ls "$work"/state/data/*.db > /dev/null || fail "there is no ledger"
echo "As process 1: healthy, no zombie, read-only root, user 10001, SIGTERM ended it with 0."
