// Package signin gets the credentials that rackctl works with.
package signin

import (
	"context"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	msal "github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"
)

// Account is what rackctl is configured with.
type Account struct {
	Tenant   string
	Client   string
	User     string
	Password string
}

// AsUser signs the operator's robot account in.
func AsUser(account Account) (azcore.TokenCredential, error) {
	// Broken: deprecated since azidentity 1.9.0, and refused where MFA is enforced.
	return azidentity.NewUsernamePasswordCredential(account.Tenant, account.Client, account.User, account.Password, nil)
}

// AsWorkload uses the identity of the pod.
func AsWorkload() (azcore.TokenCredential, error) {
	// Exempt: workload identity.
	return azidentity.NewWorkloadIdentityCredential(nil)
}

// Token asks for a token without the credential types.
func Token(ctx context.Context, account Account, scope string) (string, error) {
	client, err := msal.New(account.Client, msal.WithAuthority("https://login.microsoftonline.com/"+account.Tenant))
	if err != nil {
		return "", err
	}
	// Broken: the package is imported under another name.
	result, err := client.AcquireTokenByUsernamePassword(ctx, []string{scope}, account.User, account.Password)
	if err != nil {
		return "", err
	}
	return result.AccessToken, nil
}

// FromFile reads the password where the operator has put it.
func FromFile(path string) (string, error) {
	text, err := os.ReadFile(path)
	return string(text), err
}
