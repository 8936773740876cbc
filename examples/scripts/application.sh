#!/usr/bin/env bash
# Exempt: all of these sign-ins go on working.
set -euo pipefail

# A service principal with a certificate.
az login --service-principal --username "$APP_ID" --certificate /etc/site/app.pem --tenant "$TENANT"

# A service principal; the option that says so stands last and is shortened, as the tool allows.
az login -u "$APP_ID" -p "$APP_SECRET" \
  --tenant "$TENANT" \
  --service

# A token of the build service.
az login --service-principal -u "$APP_ID" --tenant "$TENANT" --federated-token "$OIDC_TOKEN"

# A managed identity.
az login --identity --client-id "$IDENTITY_ID"

# A person at a keyboard, who can answer a second factor.
az login --tenant "$TENANT"
