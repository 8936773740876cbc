const sql = require("mssql");

// Exempt: a login of the database itself; Microsoft Entra is not asked.
const settings = {
  server: "teashop.database.windows.net",
  user: process.env.AZURE_USERNAME,
  password: process.env.AZURE_PASSWORD,
  options: { encrypt: true },
};

module.exports = () => sql.connect(settings);
