#!/bin/sh
# Starts the supervisor and all bots; ends when each runs (0) or has failed (1).
cd "$(dirname "$0")/.." && if [ -x extgap ]; then exec ./extgap start-all; else exec extgap start-all; fi
