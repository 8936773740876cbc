//! Files that say what to leave out, and which of them are not worth opening.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The one that only ropcop reads.
pub(crate) const OWN: &str = ".ropcopignore";

/// Names, relative to a folder, of all that the walker would open there.
const NAMES: [&str; 3] = [OWN, ".gitignore", ".git/info/exclude"];

/// A longer file of globs is not opened: to compile them would take more than to read what they leave out. The report says so.
const LARGEST: u64 = 500_000;

/// A file that is not opened.
#[derive(Debug)]
pub(crate) struct Refused {
    /// Where it lies.
    pub(crate) path: PathBuf,
    /// What is wrong with it, as the end of a sentence.
    pub(crate) why: Arc<str>,
}

/// The first file of a folder that must not be opened: a device never ends, a pipe waits for ever.
pub(crate) fn refused(folder: &Path) -> Option<Refused> {
    NAMES.iter().map(|name| folder.join(name)).find_map(|path| {
        // Links lead to what is opened.
        let found = fs::metadata(&path).ok()?;
        let why = match found.len() {
            _ if found.is_dir() => return None,
            _ if !found.is_file() => "is no regular file".into(),
            length if length > LARGEST => format!("has more than {LARGEST} bytes").into(),
            _ => return None,
        };
        Some(Refused { path, why })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_regular_files_are_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(refused(folder.path()).is_none());
        fs::write(folder.path().join(".gitignore"), "*.log\n").expect("a file");
        assert!(refused(folder.path()).is_none());
        fs::write(folder.path().join(OWN), "a\n".repeat(300_000)).expect("a file");
        let found = refused(folder.path()).expect("too large");
        assert_eq!((found.path.ends_with(OWN), &*found.why), (true, "has more than 500000 bytes"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_what_it_leads_to() {
        let folder = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink("/dev/zero", folder.path().join(OWN)).expect("a link");
        assert_eq!(&*refused(folder.path()).expect("a device").why, "is no regular file");
    }
}
