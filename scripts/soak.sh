#!/bin/sh
# Watches a running supervisor for a day, as somebody would after a deployment: each minute states, restarts, health, memory and
# open files of supervisor and programs, and the size of the logs. A table at the end says what changed.
#
#   scripts/soak.sh [--hours N] [--every SECONDS] [-- EXTGAP-OPTION…]     default 24 hours, every 60 s
#
# 0 when nothing restarted, died or grew; 1 when something did, 4 when no supervisor runs. It starts and stops nothing.
# Growth counts from the second tenth of the time on, when all is warm: memory by more than half and 32 MB, open files by more than 16.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
hours=24
every=60
while [ $# -gt 0 ]; do
  case $1 in
    --hours) hours=${2:?--hours takes a number}; shift ;;
    --every) every=${2:?--every takes seconds}; shift ;;
    --) shift; break ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 64 ;;
  esac
  shift
done
length=$(awk -v hours="$hours" 'BEGIN { if (hours !~ /^[0-9]*\.?[0-9]+$/ || hours <= 0 || hours > 1000) exit 1; printf "%d", hours * 3600 }') ||
  { echo "soak.sh: '$hours' is no number of hours: above 0, to 1000." >&2; exit 64; }
case $every in
  '' | *[!0-9]* | 0) echo "soak.sh: '$every' is no number of seconds: from 1." >&2; exit 64 ;;
esac
[ "$every" -le "$length" ] || every=$length

extgap() {
  if [ -x "$root/extgap" ]; then "$root/extgap" "$@"; else command extgap "$@"; fi
}

samples=$(mktemp)
trap 'rm -f "$samples"' EXIT
trap 'exit 130' INT TERM

# A line a process and minute: seconds, name, state, pid, restarts, KB, descriptors.
sample() {
  at=$1
  shift
  # The columns of the table are made for scripts: seven without a blank come first.
  table=$(extgap status "$@" | tail -n +2)
  health=ok
  extgap health "$@" > /dev/null 2>&1 || health=ILL
  supervisor=$(extgap status --json "$@" | sed -n '/"supervisor"/,/}/s/.*"pid": *\([0-9]*\).*/\1/p') || true
  [ -n "$supervisor" ] || { echo "$at supervisor GONE - 0 0 0" >> "$samples"; return; }
  {
    echo "$at supervisor $health $supervisor 0 $(resident "$supervisor") $(descriptors "$supervisor")"
    echo "$table" | while read -r name state pid _ restarts _; do
      echo "$at $name $state $pid $restarts $(resident "$pid") $(descriptors "$pid")"
    done
  } >> "$samples"
}

resident() {
  kb=$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$1/status" 2>/dev/null) || true
  echo "${kb:-0}"
}

descriptors() {
  # shellcheck disable=SC2012 # The names are numbers.
  ls "/proc/$1/fd" 2>/dev/null | wc -l
}

code=0
extgap status "$@" > /dev/null || code=$?
[ "$code" -ne 4 ] || exit 4

began=$(date +%s)
echo "Watching for $hours h, every $every s; Ctrl-C ends it without a table."
while :; do
  now=$(($(date +%s) - began))
  sample "$now" "$@"
  [ "$now" -lt "$length" ] || break
  left=$((length - now))
  sleep "$((left < every ? left : every))"
done

logs=$(extgap status --json "$@" | sed -n 's/.*"std[a-z]*": "\(.*\)".*/\1/p' | while read -r file; do cat "$file" "$file".[0-9]* 2>/dev/null; done | wc -c) || true
awk -v length_="$length" -v logs="$logs" '
  {
    if (!($2 in first)) { order[++count] = $2; first[$2] = $5; pid[$2] = $4 }
    seen[$2]++
    if ($3 != "RUNNING" && $3 != "ok") { ill[$2]++; last[$2] = $3 }
    if ($4 != pid[$2]) { pids[$2]++; pid[$2] = $4 }
    restarts[$2] = $5 - first[$2]
    if (!($2 in kb0) && $1 >= length_ / 10) { kb0[$2] = $6; fd0[$2] = $7 }
    kb[$2] = $6; fd[$2] = $7
    if ($6 > most[$2]) most[$2] = $6
  }
  END {
    printf "%-16s %8s %8s %9s %10s %10s %10s %7s %7s  %s\n", "NAME", "SAMPLES", "NOT OK", "RESTARTS", "MB WARM", "MB END", "MB MOST", "FD WARM", "FD END", "VERDICT"
    for (i = 1; i <= count; i++) {
      n = order[i]; verdict = ""
      if (ill[n]) verdict = verdict " " last[n]
      if (pids[n] || restarts[n] > 0) verdict = verdict " restarted"
      if (kb[n] > kb0[n] * 1.5 && kb[n] > kb0[n] + 32768) verdict = verdict " memory grows"
      if (fd[n] > fd0[n] + 16) verdict = verdict " descriptors grow"
      if (verdict != "") bad = 1
      printf "%-16s %8d %8d %9d %10.1f %10.1f %10.1f %7d %7d %s\n", n, seen[n], ill[n], (pids[n] > restarts[n] ? pids[n] : restarts[n]), kb0[n] / 1024, kb[n] / 1024, most[n] / 1024, fd0[n], fd[n], (verdict == "" ? " ok" : verdict)
    }
    printf "Logs of the programs, with their backups: %.1f MB\n", logs / 1048576
    exit bad
  }' "$samples"
