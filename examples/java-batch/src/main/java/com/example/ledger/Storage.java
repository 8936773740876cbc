package com.example.ledger;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.UsernamePasswordCredentialBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;

/** Opens the storage account that the ledgers are written to. */
final class Storage {
    private final Settings settings;

    Storage(Settings settings) {
        this.settings = settings;
    }

    BlobServiceClient open() {
        // Broken: the builder makes a sign-in of a user.
        TokenCredential credential = new UsernamePasswordCredentialBuilder()
            .clientId(settings.clientId())
            .tenantId(settings.tenantId())
            .username(settings.user())
            .password(settings.password())
            .build();
        return client(credential);
    }

    BlobServiceClient openInAzure() {
        // Exempt: managed identity.
        return client(new ManagedIdentityCredentialBuilder().clientId(settings.clientId()).build());
    }

    private BlobServiceClient client(TokenCredential credential) {
        return new BlobServiceClientBuilder().endpoint(settings.endpoint()).credential(credential).buildClient();
    }
}
