#!/bin/sh
# Stands in for extgap-bot: passes over its options and does what FAKE_BOT says, a script for which TEST_PROGRAM is the test program.
if [ "$1" = notify ]; then cat >/dev/null; echo "$*" >>notified; exit; fi
exec 9>>"$FAKE_NAME.generation"
flock -n 9 || echo "$FAKE_NAME" >>clashes
echo $$ >>"$FAKE_NAME.pids"
eval "$FAKE_BOT"
