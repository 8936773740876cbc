"""Runs the command line tool for the one thing that has no library: the weekly backup."""

import subprocess

from .settings import Settings


def sign_in_as_robot(settings: Settings) -> None:
    # Broken: the same user sign-in, as the words of a command.
    command = ["az", "login", "--username", settings.robot_user, "--password", settings.robot_password]
    command += ["--tenant", settings.tenant_id, "--output", "none"]
    subprocess.run(command, check=True)


def sign_in_as_application(settings: Settings, certificate_path: str) -> None:
    # Exempt: a service principal with a certificate.
    subprocess.run(
        [
            "az", "login", "--service-principal",
            "--username", settings.client_id,
            "--certificate", certificate_path,
            "--tenant", settings.tenant_id,
        ],
        check=True,
    )


def usage() -> None:
    # Exempt: printed for a person to read, not run.
    print("Sign in first: az login --username NAME --password PASSWORD")
