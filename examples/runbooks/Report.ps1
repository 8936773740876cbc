param(
    [pscredential] $Credential,
    [string] $Tenant,
    [string] $AppId,
    [string] $Thumbprint
)

# Broken: nothing in the table says that it is a service principal.
$account = @{
    Credential = $Credential
    Tenant     = $Tenant
}
Connect-AzAccount @account

# Exempt: one more key, and it is one.
$account.ServicePrincipal = $true
Connect-AzAccount @account

# Exempt: an application with a certificate.
Connect-ExchangeOnline -AppId $AppId -CertificateThumbprint $Thumbprint -Organization example.org

# Broken: a user.
Connect-ExchangeOnline -Credential $Credential -ShowBanner:$false
