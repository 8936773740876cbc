"""Writes measurements to blob storage."""

import azure.identity as identity
from azure.storage.blob import BlobServiceClient

from .settings import Settings


def open_storage(settings: Settings) -> BlobServiceClient:
    # Broken: the robot account is a user, and nobody is there to answer a second factor.
    credential = identity.UsernamePasswordCredential(
        settings.client_id,
        settings.robot_user,
        settings.robot_password,
        tenant_id=settings.tenant_id,
    )
    return BlobServiceClient(settings.account_url, credential=credential)


def open_storage_in_azure(settings: Settings) -> BlobServiceClient:
    # Exempt: the identity of the container app itself.
    credential = identity.ManagedIdentityCredential(client_id=settings.client_id)
    return BlobServiceClient(settings.account_url, credential=credential)
