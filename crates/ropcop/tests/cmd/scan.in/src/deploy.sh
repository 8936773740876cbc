#!/bin/sh
demo login --username "$DEMO_USER" --password "hunter2hunter2"
demo login \
  --username "$DEMO_USER" \
  --password "$DEMO_PASSWORD"
# ropcop: ignore[demo-password] this one is tested elsewhere
demo login -u "$DEMO_USER" -p "$DEMO_PASSWORD"
# ropcop: ignore[demo-pasword]
true
