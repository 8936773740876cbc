#!/usr/bin/env bash
# The same mistake in two forms that look like something else.
set -euo pipefail

# Broken: meant as a service principal, but without --service-principal it signs a user in.
az login -u "$APP_CLIENT_ID" -p "$APP_CLIENT_SECRET" --tenant "$TENANT"

# Broken: asks for the password, then signs the user in with it.
az login --username "$ROBOT_NAME"
