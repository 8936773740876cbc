export interface Settings {
  tenantId: string;
  clientId: string;
  vaultUrl: string;
  user: string;
  password: string;
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

export function readSettings(): Settings {
  return {
    tenantId: required("BOOKINGS_TENANT"),
    clientId: required("BOOKINGS_CLIENT"),
    vaultUrl: required("BOOKINGS_VAULT"),
    user: required("BOOKINGS_USER"),
    password: required("BOOKINGS_PASSWORD"),
  };
}
