const { execFileSync, execSync } = require("node:child_process");
const { UsernamePasswordCredential } = require("@azure/identity");

const { BOOKINGS_TENANT, BOOKINGS_CLIENT, BOOKINGS_USER, BOOKINGS_PASSWORD, BOOKINGS_CERTIFICATE } = process.env;

function signInAsUser() {
  // Broken: one text with holes, run by a shell.
  execSync(`az login -u ${BOOKINGS_USER} -p ${BOOKINGS_PASSWORD} --tenant ${BOOKINGS_TENANT}`);
}

function signInAsApplication() {
  // Exempt: a service principal.
  execFileSync("az", [
    "login",
    "--service-principal",
    "-u",
    BOOKINGS_CLIENT,
    "--certificate",
    BOOKINGS_CERTIFICATE,
    "--tenant",
    BOOKINGS_TENANT,
  ]);
}

async function uploadToken() {
  // Broken: destructured from a require().
  const credential = new UsernamePasswordCredential(BOOKINGS_TENANT, BOOKINGS_CLIENT, BOOKINGS_USER, BOOKINGS_PASSWORD);
  return credential.getToken("https://storage.azure.com/.default");
}

if (process.argv.includes("--help")) {
  // Exempt: a line of help.
  console.log("publish.cjs [--as-user]: runs az login -u NAME -p PASSWORD when --as-user is given");
} else if (process.argv.includes("--as-user")) {
  signInAsUser();
  void uploadToken();
} else {
  signInAsApplication();
}
