"""Settings of the service, all from its environment."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    tenant_id: str
    client_id: str
    account_url: str
    vault_url: str
    cluster_url: str
    robot_user: str
    robot_password: str

    @classmethod
    def from_environment(cls) -> "Settings":
        return cls(
            tenant_id=os.environ["TIDES_TENANT"],
            client_id=os.environ["TIDES_CLIENT"],
            account_url=os.environ["TIDES_STORAGE"],
            vault_url=os.environ["TIDES_VAULT"],
            cluster_url=os.environ["TIDES_CLUSTER"],
            robot_user=os.environ["TIDES_ROBOT"],
            robot_password=os.environ["TIDES_ROBOT_PASSWORD"],
        )
