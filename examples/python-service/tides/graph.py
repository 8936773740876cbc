"""Mails the morning report through Microsoft Graph."""

import msal

from .settings import Settings

SCOPES = ["https://graph.microsoft.com/.default"]


def delegated_token(settings: Settings) -> str:
    app = msal.PublicClientApplication(
        settings.client_id,
        authority=f"https://login.microsoftonline.com/{settings.tenant_id}",
    )
    # Broken: a password sign-in of a user, from a public client.
    result = app.acquire_token_by_username_password(
        username=settings.robot_user,
        password=settings.robot_password,
        scopes=SCOPES,
    )
    if "access_token" not in result:
        raise RuntimeError(result.get("error_description", "no token"))
    return result["access_token"]


def application_token(settings: Settings, certificate: dict[str, str]) -> str:
    # Exempt: the application signs in as itself, with a certificate.
    app = msal.ConfidentialClientApplication(
        settings.client_id,
        client_credential=certificate,
        authority=f"https://login.microsoftonline.com/{settings.tenant_id}",
    )
    return app.acquire_token_for_client(scopes=SCOPES)["access_token"]
