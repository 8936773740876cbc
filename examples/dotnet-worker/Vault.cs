namespace ParcelLabels;

/// <summary>Opens the vault with the addresses of the carriers.</summary>
public static class Vault
{
    public static SecretClient Open(Settings settings)
    {
        // Broken: the namespace comes from GlobalUsings.cs.
        var credential = new UsernamePasswordCredential(
            settings.UserName,
            settings.Password,
            settings.TenantId,
            settings.ClientId);
        return new SecretClient(settings.Vault, credential);
    }

    public static SecretClient OpenInAzure(Settings settings)
    {
        // Exempt: the identity of the host.
        TokenCredential credential = new ManagedIdentityCredential(settings.ClientId);
        return new SecretClient(settings.Vault, credential);
    }
}
