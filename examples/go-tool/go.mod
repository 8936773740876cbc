module example.com/rackctl

go 1.24

require (
	github.com/Azure/azure-sdk-for-go/sdk/azcore v1.18.0
	github.com/Azure/azure-sdk-for-go/sdk/azidentity v1.9.0
	github.com/AzureAD/microsoft-authentication-library-for-go v1.6.0
)
