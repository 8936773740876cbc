//! Names of weaknesses, for readers who do not know the numbers by heart.

/// The name of a weakness in the Common Weakness Enumeration, as far as rules are likely to use it.
pub(crate) fn name(number: u32) -> &'static str {
    match number {
        214 => "Invocation of Process Using Visible Sensitive Information",
        256 => "Plaintext Storage of a Password",
        257 => "Storing Passwords in a Recoverable Format",
        259 => "Use of Hard-coded Password",
        260 => "Password in Configuration File",
        262 => "Not Using Password Aging",
        287 => "Improper Authentication",
        308 => "Use of Single-factor Authentication",
        309 => "Use of Password System for Primary Authentication",
        312 => "Cleartext Storage of Sensitive Information",
        319 => "Cleartext Transmission of Sensitive Information",
        477 => "Use of Obsolete Function",
        522 => "Insufficiently Protected Credentials",
        526 => "Cleartext Storage of Sensitive Information in an Environment Variable",
        532 => "Insertion of Sensitive Information into Log File",
        798 => "Use of Hard-coded Credentials",
        1390 => "Weak Authentication",
        _ => "Common Weakness Enumeration entry",
    }
}

/// The page of a weakness.
pub(crate) fn url(number: u32) -> String {
    format!("https://cwe.mitre.org/data/definitions/{number}.html")
}
