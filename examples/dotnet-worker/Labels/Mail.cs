using Microsoft.Identity.Client;

namespace ParcelLabels.Labels;

/// <summary>Gets the tokens for the mailbox of the shop.</summary>
public sealed class Mail(Settings settings)
{
    private static readonly string[] Scopes = ["https://graph.microsoft.com/.default"];

    public async Task<string> TokenOfTheShopAsync()
    {
        IPublicClientApplication app = PublicClientApplicationBuilder
            .Create(settings.ClientId)
            .WithTenantId(settings.TenantId)
            .Build();
#pragma warning disable CS0618
        // Broken: the library has marked the method obsolete, and the pragma hides it.
        var result = await app
            .AcquireTokenByUsernamePassword(Scopes, settings.UserName, settings.Password)
            .ExecuteAsync();
#pragma warning restore CS0618
        return result.AccessToken;
    }

    public async Task<string> TokenOfTheWorkerAsync(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
    {
        // Exempt: the worker signs in as itself.
        var app = ConfidentialClientApplicationBuilder
            .Create(settings.ClientId)
            .WithTenantId(settings.TenantId)
            .WithCertificate(certificate)
            .Build();
        var result = await app.AcquireTokenForClient(Scopes).ExecuteAsync();
        return result.AccessToken;
    }
}
