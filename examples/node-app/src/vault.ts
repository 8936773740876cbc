import { DefaultAzureCredential, UsernamePasswordCredential as UserSignIn } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";

import type { Settings } from "./settings.js";

export function openVault(settings: Settings): SecretClient {
  // Broken: the class keeps what it is under its new name.
  const credential = new UserSignIn(settings.tenantId, settings.clientId, settings.user, settings.password);
  return new SecretClient(settings.vaultUrl, credential);
}

export function openVaultInAzure(settings: Settings): SecretClient {
  // Exempt: no user name and no password here.
  return new SecretClient(settings.vaultUrl, new DefaultAzureCredential());
}
