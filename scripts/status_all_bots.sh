#!/bin/sh
# What runs, and how it fares: 0 all run, 3 one does not, 4 no supervisor.
cd "$(dirname "$0")/.." && if [ -x extgap ]; then exec ./extgap status "$@"; else exec extgap status "$@"; fi
