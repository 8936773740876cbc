"""Photographs of the tins, kept in a storage account."""

import os

from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobServiceClient


def photos():
    """Says nothing about a user: what signs in is decided by the environment."""
    client = BlobServiceClient(os.environ["BLOB_URL"], credential=DefaultAzureCredential())
    return client.get_container_client("photos")
