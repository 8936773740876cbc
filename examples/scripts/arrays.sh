#!/usr/bin/env bash
# Builds command lines from parts.
set -euo pipefail

sign_in_as_robot() {
  # Broken: the options are collected first.
  local options=(--username "$ROBOT_NAME" --password "$ROBOT_PASSWORD")
  options+=(--output none)
  az login "${options[@]}"
}

sign_in_as_application() {
  # Exempt: the exemption comes last, in another line.
  local options=(--username "$APP_ID" --password "$APP_SECRET")
  options+=(--tenant "$TENANT" --service-principal)
  az login "${options[@]}"
}

if [[ -n ${APP_ID:-} ]]; then
  sign_in_as_application
else
  sign_in_as_robot
fi
