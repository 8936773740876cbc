namespace ParcelLabels;

public sealed record Settings(
    string TenantId,
    string ClientId,
    Uri Vault,
    string UserName,
    string Password);
