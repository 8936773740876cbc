//! The paths of the command line, and how files below them are called in a report.
//!
//! Paths are relative to the current folder. A path outside of it is relative to itself; if several paths are outside,
//! the last part of each goes in front, so that they can be told apart. A report never holds an absolute path.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::error::Error;

/// One path of the command line.
#[derive(Clone, Debug)]
pub(crate) struct ScanRoot {
    /// The path to open.
    pub(crate) path: PathBuf,
    /// The same without links and `..`: tells whether two paths are one file.
    pub(crate) real: PathBuf,
    /// How it is called in a report; empty for the current folder.
    pub(crate) shown: String,
    /// Whether to search below it.
    pub(crate) is_folder: bool,
}

impl ScanRoot {
    /// How a file below this root is called.
    pub(crate) fn show(&self, below: &Path) -> String {
        let below = slashes(below);
        match (self.shown.as_str(), below.as_str()) {
            ("", _) => below,
            (shown, "") => shown.to_owned(),
            (shown, below) => format!("{shown}/{below}"),
        }
    }
}

/// Looks at each path. One that does not exist is an error: a check that silently checks nothing is worse than none.
pub(crate) fn roots(paths: &[PathBuf]) -> Result<Vec<ScanRoot>, Error> {
    let here = std::env::current_dir().unwrap_or_default();
    let real_here = fs::canonicalize(&here).unwrap_or_else(|_| here.clone());
    let mut roots = Vec::new();
    for path in paths {
        let missing = || Error::NoSuchPath(path.to_string_lossy().into_owned());
        let data = fs::metadata(path).map_err(|_| missing())?;
        let is_folder = data.is_dir();
        // A device never ends, and a pipe may wait for ever.
        if !is_folder && !data.is_file() {
            return Err(Error::NoFile(path.to_string_lossy().into_owned()));
        }
        let real = fs::canonicalize(path).map_err(|_| missing())?;
        let inside = plain(&here.join(path)).strip_prefix(&here).map(slashes).ok();
        let shown = inside.or_else(|| real.strip_prefix(&real_here).map(slashes).ok());
        // The walker does not go into a link, even if it is named.
        let is_link = fs::symlink_metadata(path).is_ok_and(|data| data.is_symlink());
        let path = if is_link && is_folder { real.clone() } else { path.clone() };
        roots.push((ScanRoot { path, real, shown: shown.clone().unwrap_or_default(), is_folder }, shown.is_none()));
    }
    let several = roots.iter().filter(|(_, outside)| *outside).count() > 1;
    let mut taken = Vec::new();
    for (root, _) in roots.iter_mut().filter(|(root, outside)| *outside && (several || !root.is_folder)) {
        root.shown = unused(&name(&root.real), &mut taken);
    }
    Ok(roots.into_iter().map(|(root, _)| root).collect())
}

/// `name`, or `name-2` and so on if it is taken.
fn unused(name: &str, taken: &mut Vec<String>) -> String {
    let mut candidate = name.to_owned();
    let mut number = 1;
    while taken.contains(&candidate) {
        number += 1;
        candidate = format!("{name}-{number}");
    }
    taken.push(candidate.clone());
    candidate
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| "root".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The path without `.` and `..`, by its words alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

fn slashes(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
