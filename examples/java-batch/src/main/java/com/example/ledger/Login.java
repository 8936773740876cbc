package com.example.ledger;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;

/** The login page of the ledger itself. */
final class Login {
    private final IdentityStore clerks;

    Login(IdentityStore clerks) {
        this.clerks = clerks;
    }

    boolean isClerk(String name, String password) {
        // Exempt: Jakarta's class of the same name, for the ledger's own accounts.
        var result = clerks.validate(new UsernamePasswordCredential(name, password));
        return result.getStatus() == CredentialValidationResult.Status.VALID;
    }
}
