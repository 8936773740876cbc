#!/usr/bin/env bash
# Deploys the exhibition site.
set -euo pipefail

usage() {
  # Exempt: printed for a person to read.
  cat <<'HELP'
deploy.sh [--as-robot]

Signs in like this when --as-robot is given:
    az login --username NAME --password PASSWORD
HELP
  echo "Or sign in yourself: az login -u you@example.org -p ..."
}

case "${1:-}" in
  --help)
    usage
    exit 0
    ;;
  --as-robot)
    # Broken: a user name and a password.
    az login --username "$ROBOT_NAME" --password "$ROBOT_PASSWORD" --tenant "$TENANT" --output none
    ;;
  *)
    # Exempt: the identity of the build machine.
    az login --identity --output none
    ;;
esac

az webapp deploy --resource-group exhibition --name site --src-path build/site.zip
