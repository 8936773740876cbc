#!/bin/sh
# Asks for tokens by hand.
set -eu

# Broken: the grant is in the first field, the address in the last word.
curl --silent --data grant_type=password \
  --data "client_id=$STOCK_CLIENT_ID" --data "scope=https://management.azure.com/.default" \
  --data-urlencode "username=$ROBOT_NAME" --data-urlencode "password=$ROBOT_PASSWORD" \
  "https://login.microsoftonline.com/$TENANT_ID/oauth2/v2.0/token"

# Exempt: the same request to the shop's own server.
curl --silent --data grant_type=password \
  --data client_id=loyalty --data-urlencode "username=$CARD" --data-urlencode "password=$PIN" \
  "https://id.example.org/realms/loyalty/protocol/openid-connect/token"
