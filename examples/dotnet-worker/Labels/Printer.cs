using System.Net;

namespace ParcelLabels.Labels;

/// <summary>Signs in to the label printer on the desk.</summary>
public static class Printer
{
    public static NetworkCredential CredentialFor(string pin)
    {
        // Exempt: not an Azure sign-in, although it has a user name and a password.
        return new NetworkCredential("desk", pin);
    }
}
