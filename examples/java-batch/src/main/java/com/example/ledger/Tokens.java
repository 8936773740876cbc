package com.example.ledger;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.UserNamePasswordParameters;
import java.net.MalformedURLException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Set;

/** Gets tokens for the accounting service. */
final class Tokens {
    private static final Set<String> SCOPES = Set.of("https://graph.microsoft.com/.default");

    private Tokens() {
    }

    static IAuthenticationResult ofTheClerk(Settings settings) throws MalformedURLException {
        var app = PublicClientApplication.builder(settings.clientId())
            .authority("https://login.microsoftonline.com/" + settings.tenantId())
            .build();
        // Broken: user name and password of a clerk.
        var parameters = UserNamePasswordParameters
            .builder(SCOPES, settings.user(), settings.password().toCharArray())
            .build();
        return app.acquireToken(parameters).join();
    }

    static IAuthenticationResult ofTheBatch(Settings settings, PrivateKey key, X509Certificate certificate)
        throws MalformedURLException {
        // Exempt: the batch signs in as itself.
        var app = ConfidentialClientApplication
            .builder(settings.clientId(), ClientCredentialFactory.createFromCertificate(key, certificate))
            .authority("https://login.microsoftonline.com/" + settings.tenantId())
            .build();
        return app.acquireToken(ClientCredentialParameters.builder(SCOPES).build()).join();
    }
}
