//! What stands before a command that somebody typed.

/// How the lines begin that somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// `$ `, `user@host:~$ `
    Dollar,
    /// `# ` of the superuser.
    Root,
    /// `> `
    Angle,
    /// `PS C:\> `
    PowerShell,
    /// `C:\>`
    Drive,
    /// `>>> `
    Python,
}
