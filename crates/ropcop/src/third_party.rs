//! Which folders hold installed third-party code, which files a program wrote.
//!
//! A copy of a sign-in library calls its own functions; a finding there is nobody's to fix. The decision is made by marks
//! that an installer leaves, because a name alone can belong to own code: `vendor/` is read unless an installer filled it.

use std::path::Path;

/// Names that only a package manager gives.
const FOLDERS: [&str; 10] = [
    "node_modules",
    "bower_components",
    "jspm_packages",
    "site-packages",
    "dist-packages",
    "__pypackages__",
    ".tox",
    ".nox",
    ".eggs",
    "Pods",
];

/// What an installer leaves in a folder `vendor`: Go, Composer, Bundler.
const VENDOR_MARKS: [&str; 3] = ["modules.txt", "autoload.php", "bundle"];

/// Whether a folder that was met on the way holds installed code.
pub(crate) fn is_installed(folder: &Path) -> bool {
    let Some(name) = folder.file_name().and_then(|name| name.to_str()) else { return false };
    if FOLDERS.contains(&name) {
        return true;
    }
    let holds = |mark: &str| folder.join(mark).exists();
    match name {
        "vendor" => VENDOR_MARKS.into_iter().any(holds),
        // A virtual environment may have any name, but asking each folder for the mark would cost as much as listing it.
        "venv" | ".venv" | "env" | ".env" | "virtualenv" | ".virtualenv" => {
            holds("pyvenv.cfg") || holds("Lib/site-packages") || has_site_packages(&folder.join("lib"))
        }
        _ => false,
    }
}

/// `lib/python3.12/site-packages`.
fn has_site_packages(lib: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(lib) else { return false };
    entries.flatten().any(|entry| entry.path().join("site-packages").is_dir())
}

/// Whether a script has the name of a minified one.
pub(crate) fn has_minified_name(file: &str) -> bool {
    let file = file.to_ascii_lowercase();
    [".js", ".mjs", ".cjs"].iter().any(|extension| {
        file.strip_suffix(extension).is_some_and(|stem| stem.ends_with(".min") || stem.ends_with("-min"))
    })
}

/// Whether a script looks minified: nobody writes lines of five thousand characters that make up most of a file.
pub(crate) fn looks_minified(text: &str) -> bool {
    let (mut longest, mut lines) = (0, 0);
    for line in text.lines() {
        longest = longest.max(line.len());
        lines += 1;
    }
    longest > 5_000 && text.len() / lines.max(1) > 500
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vendor_folder_is_read_unless_an_installer_filled_it() {
        let root = tempfile::tempdir().expect("a folder");
        let vendor = root.path().join("vendor");
        std::fs::create_dir(&vendor).expect("a folder");
        assert!(!is_installed(&vendor));
        std::fs::write(vendor.join("modules.txt"), "# github.com/a/b v1.0.0\n").expect("a file");
        assert!(is_installed(&vendor));
        assert!(is_installed(Path::new("a/node_modules")));
        assert!(!is_installed(Path::new("a/env")));
    }

    #[test]
    fn a_minified_script_is_known_by_name_or_by_its_lines() {
        assert!(has_minified_name("jquery.MIN.js"));
        assert!(!has_minified_name("admin.js"));
        assert!(looks_minified(&"a".repeat(6_000)));
        assert!(!looks_minified(&format!("{}\n{}", "short line\n".repeat(100), "a".repeat(6_000))));
    }
}
