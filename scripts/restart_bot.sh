#!/bin/sh
# Restarts bots by their names, such as 3m; the others go on.
cd "$(dirname "$0")/.." && if [ -x extgap ]; then exec ./extgap restart "$@"; else exec extgap restart "$@"; fi
