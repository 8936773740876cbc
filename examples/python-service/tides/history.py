"""Reads old measurements from the data explorer cluster."""

from azure.kusto.data import KustoClient, KustoConnectionStringBuilder as Builder

from .settings import Settings


def open_history(settings: Settings, *, in_azure: bool) -> KustoClient:
    if in_azure:
        # Exempt: managed identity.
        return KustoClient(Builder.with_aad_managed_service_identity_authentication(settings.cluster_url))
    # Broken: user name and password, handed to the same token request by another library.
    return KustoClient(
        Builder.with_aad_user_password_authentication(
            settings.cluster_url, settings.robot_user, settings.robot_password, settings.tenant_id
        )
    )
