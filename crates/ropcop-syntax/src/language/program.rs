//! Which language a program reads.

use super::Language;

impl Language {
    /// The language that a program reads: `bash`, `C:\…\pwsh.exe`, `/usr/bin/env python3`.
    pub(crate) fn of_program(program: &str) -> Option<Self> {
        let name = program.trim().rsplit(['/', '\\']).next().unwrap_or(program).to_ascii_lowercase();
        let name = name.strip_suffix(".exe").unwrap_or(&name);
        match name {
            "" => None,
            "cmd" => Some(Self::Batch),
            _ => Self::detect("", &format!("#!/{name}\n")),
        }
    }
}
