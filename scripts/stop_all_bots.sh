#!/bin/sh
# Stops all bots, then the supervisor: 0 all stopped cleanly, 1 one had to be killed.
cd "$(dirname "$0")/.." && if [ -x extgap ]; then exec ./extgap stop-all; else exec extgap stop-all; fi
