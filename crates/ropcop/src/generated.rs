//! Files that are generated from the program, and checked by the tests: with `ROPCOP_BLESS=1` they are written instead.

use std::path::Path;

/// Compares a file of the repository with what it should hold.
pub(crate) fn check(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if std::env::var_os("ROPCOP_BLESS").is_some() {
        std::fs::create_dir_all(file.parent().expect("it is in a folder")).expect("the folder can be made");
        std::fs::write(&file, text).expect("the file can be written");
        return;
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == text, "{path} is not up to date: run `ROPCOP_BLESS=1 cargo test -p ropcop` and commit it");
}
