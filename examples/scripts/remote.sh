#!/usr/bin/env bash
# Signs in on other machines and behind other commands.
set -euo pipefail
. "$(dirname "$0")/lib/retry.sh"

# Broken: behind a function of this repository.
retry az login --username "$ROBOT_NAME" --password "$ROBOT_PASSWORD"

# Broken: behind commands that run another one.
sudo -u deploy env HOME=/srv/deploy timeout 60 az login -u "$ROBOT_NAME" -p "$ROBOT_PASSWORD"

# Broken: on another machine.
ssh gallery.example.org "az login -u $ROBOT_NAME -p $ROBOT_PASSWORD && az group list"

# Broken: in a container.
docker run --rm -v "$HOME/.azure:/root/.azure" azure-cli \
  az login --username="$ROBOT_NAME" --password="$ROBOT_PASSWORD"

# Exempt: interactive, in a container.
docker run --rm -it azure-cli az login --use-device-code
