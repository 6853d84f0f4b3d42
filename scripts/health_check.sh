#!/bin/sh
# For cron: 0 when all is well, else 1 and why.
cd "$(dirname "$0")/.." && if [ -x extgap ]; then exec ./extgap health "$@"; else exec extgap health "$@"; fi
