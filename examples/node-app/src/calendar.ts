import * as msal from "@azure/msal-node";

import type { Settings } from "./settings.js";

const scopes = ["https://graph.microsoft.com/.default"];

export async function tokenOfTheBookingDesk(settings: Settings): Promise<string> {
  const app = new msal.PublicClientApplication({
    auth: {
      clientId: settings.clientId,
      authority: `https://login.microsoftonline.com/${settings.tenantId}`,
    },
  });
  // Broken: the desk is a user account.
  const request = { scopes, username: settings.user, password: settings.password };
  const result = await app.acquireTokenByUsernamePassword(request);
  if (!result) {
    throw new Error("no token");
  }
  return result.accessToken;
}

export async function tokenOfTheApplication(settings: Settings, thumbprint: string, privateKey: string): Promise<string> {
  const app = new msal.ConfidentialClientApplication({
    auth: {
      clientId: settings.clientId,
      authority: `https://login.microsoftonline.com/${settings.tenantId}`,
      clientCertificate: { thumbprintSha256: thumbprint, privateKey },
    },
  });
  // Exempt: the application signs in as itself.
  const result = await app.acquireTokenByClientCredential({ scopes });
  if (!result) {
    throw new Error("no token");
  }
  return result.accessToken;
}
