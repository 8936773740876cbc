package com.example.ledger;

/** What the batch is started with. */
record Settings(String tenantId, String clientId, String endpoint, String user, String password) {
    static Settings fromEnvironment() {
        return new Settings(
            System.getenv("LEDGER_TENANT"),
            System.getenv("LEDGER_CLIENT"),
            System.getenv("LEDGER_STORAGE"),
            System.getenv("LEDGER_USER"),
            System.getenv("LEDGER_PASSWORD"));
    }
}
