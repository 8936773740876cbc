import { readSettings } from "./settings.js";

/** Exempt: the club's own member accounts; nothing here comes from an Azure package. */
export class UsernamePasswordCredential {
  constructor(
    readonly member: string,
    readonly password: string,
  ) {}
}

export function greet(member: string, password: string): string {
  const credential = new UsernamePasswordCredential(member, password);
  return `${credential.member}, welcome to ${readSettings().vaultUrl}`;
}
