#!/usr/bin/env bash
# Checks the files of deploy/ with whatever is installed. What is not is named and skipped; the exit code is 1 where a check failed.
#
#   deploy/verify.sh              the files
#   deploy/verify.sh --run        and runs the image's layout as process 1 (root, some minutes)
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
failures=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# name, tool, command…: a check that needs a tool.
check() {
  local name=$1 tool=$2
  shift 2
  if ! command -v "$tool" >/dev/null; then
    echo "skipped  $name: $tool is not installed"
    return
  fi
  local status=0
  "$@" > "$work/output" 2>&1 || status=$?
  if [ "$status" -eq 77 ]; then
    tail -n 1 "$work/output" | sed "s|^skipped|skipped  $name|"
  elif [ "$status" -ne 0 ]; then
    echo "FAILED   $name"
    sed 's/^/         | /' "$work/output"
    failures=$((failures + 1))
  else
    echo "ok       $name$(tail -n 1 "$work/output" | sed -n 's/^→ Overall/: overall/p')"
  fi
}

# The executables need not be installed here; everything else of the units is looked at as it is.
unit() {
  sed -E 's#(/opt/extgap|%h/\.local/bin)/extgap#/bin/true#' "deploy/systemd/$1" > "$work/$1"
  XDG_RUNTIME_DIR=$work systemd-analyze verify "${@:2}" "$work/$1"
}
dockerfile() {
  if ! docker buildx version || ! docker info; then
    echo "skipped: there is no Docker engine with buildx"
    return 77
  fi
  docker build --check -f deploy/docker/Dockerfile .
}
compose() {
  if ! docker compose version; then
    echo "skipped: docker has no compose"
    return 77
  fi
  docker compose -f deploy/docker/compose.yaml config --quiet
}
# 20 is an exposure of 2.0 of 10.
exposure() { systemd-analyze security --offline=true --no-pager --threshold=20 "deploy/systemd/$1"; }

check "systemd: extgap.service" systemd-analyze unit extgap.service
check "systemd: extgap-user.service" systemd-analyze unit extgap-user.service --user
check "systemd: exposure of extgap.service" systemd-analyze exposure extgap.service
check "Docker: Dockerfile" hadolint hadolint deploy/docker/Dockerfile
check "Docker: Dockerfile as the builder sees it" docker dockerfile
check "Docker: compose.yaml" docker compose
check "Kubernetes: kustomization" kubectl sh -c "kubectl kustomize deploy/kubernetes > '$work/kubernetes.yaml'"
check "Kubernetes: schemas" kubeconform kubeconform -strict -ignore-missing-schemas "$work/kubernetes.yaml" deploy/kubernetes/secret.example.yaml
check "Replit: .replit is TOML" python3 python3 -c "import tomllib; tomllib.load(open('deploy/replit/.replit', 'rb'))"
check "shell scripts" shellcheck shellcheck deploy/verify.sh deploy/docker/try-as-process-1.sh
if [ "${1:-}" = --run ]; then
  check "Docker: the image's layout as process 1" unshare deploy/docker/try-as-process-1.sh
fi
[ "$failures" -eq 0 ]
