//! Which files to read: from the paths on the command line to [`Input`]s.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder, WalkState};
use ropcop_engine::SHARED_FOLDERS;

use crate::error::Error;
use crate::ignore_file::{self, Refused};
use crate::input::{self, From, Input};
use crate::notice::{Notice, NoticeKind};
use crate::root::{ScanRoot, roots};
use crate::third_party;

/// What decides about the files to read.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// Globs of files and folders to leave out.
    pub(crate) exclude: Vec<String>,
    /// Read what `.gitignore` and `.ropcopignore` leave out.
    pub(crate) no_ignore: bool,
    /// Read installed third-party code and minified scripts.
    pub(crate) include_vendored: bool,
    /// Read documents.
    pub(crate) include_docs: bool,
    /// How many threads list folders; 0 for as many as there are processors.
    pub(crate) threads: usize,
}

/// What there is to read.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    /// By path, each once.
    pub(crate) inputs: Vec<Input>,
    /// What was skipped on the way.
    pub(crate) notices: Vec<Notice>,
    /// Files in no language that ropcop reads.
    pub(crate) other: usize,
    /// Documents that were not read because nobody asked for them.
    pub(crate) documents: usize,
}

/// Finds the files below `paths`. A file that is named is always read; folders are searched.
pub(crate) fn walk(paths: &[PathBuf], options: &Options) -> Result<Walked, Error> {
    let roots = roots(paths)?;
    let excluded = excluded(&options.exclude)?;
    // The real path is the key: the same file may be reached from several paths of the command line.
    let mut found = BTreeMap::new();
    let mut walked = Walked::default();
    for root in &roots {
        if root.is_folder {
            let here = search(root, &excluded, options);
            walked.notices.extend(here.notices);
            walked.other += here.other;
            walked.documents += here.documents;
            for (real, input) in here.files {
                found.entry(real).or_insert(input);
            }
        } else if let Some(language) = input::language_of(&root.path) {
            let from = From::Disk(root.path.clone());
            let input = Input { path: root.shown.as_str().into(), language, named: true, from, minified_too: true };
            found.insert(root.real.clone(), input);
        } else {
            let path: Arc<str> = root.shown.as_str().into();
            let text = "is in no language that ropcop reads";
            walked.notices.push(Notice::new(NoticeKind::NoLanguage, &path, text));
        }
    }
    walked.inputs = found.into_values().collect();
    walked.inputs.sort_by(|a, b| a.path.cmp(&b.path));
    walked.notices.sort();
    walked.notices.dedup();
    Ok(walked)
}

fn excluded(globs: &[String]) -> Result<Override, Error> {
    // The message repeats the glob, with the mark that makes it an exclusion.
    let failed = |glob: &str, error: ignore::Error| {
        let reason = error.to_string().replace(&format!("error parsing glob '!{glob}': "), "");
        Error::Glob { glob: glob.to_owned(), reason }
    };
    let folder =
        std::env::current_dir().map_err(|source| Error::Read { what: "the current folder".to_owned(), source })?;
    let mut builder = OverrideBuilder::new(folder);
    for glob in globs {
        builder.add(&format!("!{glob}")).map_err(|error| failed(glob, error))?;
    }
    builder.build().map_err(|error| failed(&globs.join(", "), error))
}

/// What is below one folder.
#[derive(Default)]
struct BelowFolder {
    files: Vec<(PathBuf, Input)>,
    notices: Vec<Notice>,
    other: usize,
    documents: usize,
}

fn search(root: &ScanRoot, excluded: &Override, options: &Options) -> BelowFolder {
    let found = Mutex::new(BelowFolder::default());
    let around = root.real.ancestors().find_map(ignore_file::refused).filter(|_| !options.no_ignore);
    let mut folders = vec![(root.path.clone(), options.no_ignore || around.is_some())];
    let mut refused: Vec<Refused> = around.into_iter().collect();
    while let Some((folder, all)) = folders.pop() {
        // Below a file that says what to leave out and cannot be used, nothing is left out.
        for inner in search_below(&folder, all, root, excluded, options, &found) {
            folders.push((inner.folder, true));
            refused.push(inner.refused);
        }
    }
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.notices.extend(refused.iter().map(|refused| unused(root, refused)));
    found
}

/// A folder that is not searched with the others.
struct Apart {
    folder: PathBuf,
    refused: Refused,
}

/// Searches a folder; those whose files of globs must not be opened are left out and given back. `all` leaves nothing out.
fn search_below(
    folder: &Path,
    all: bool,
    root: &ScanRoot,
    excluded: &Override,
    options: &Options,
    found: &Mutex<BelowFolder>,
) -> Vec<Apart> {
    let apart: Arc<Mutex<Vec<Apart>>> = Arc::default();
    let mut walker = WalkBuilder::new(folder);
    walker
        .hidden(false)
        .ignore(false)
        .git_ignore(!all)
        .git_exclude(!all)
        .git_global(!all)
        .parents(!all)
        .overrides(excluded.clone())
        .threads(options.threads);
    if !all {
        walker.add_custom_ignore_filename(ignore_file::OWN);
        let apart = Arc::clone(&apart);
        // The walker opens the files of a folder before it shows the folder.
        walker.filter_entry(move |entry| {
            let is_folder = entry.depth() > 0 && entry.file_type().is_some_and(|kind| kind.is_dir());
            let Some(refused) = is_folder.then(|| ignore_file::refused(entry.path())).flatten() else { return true };
            let folder = entry.path().to_owned();
            apart.lock().unwrap_or_else(PoisonError::into_inner).push(Apart { folder, refused });
            false
        });
    }
    walker.build_parallel().run(|| {
        Box::new(|entry| {
            let visited = match &entry {
                Ok(entry) => visit(root, entry, options),
                Err(error) => Visited::Skipped(unreadable(root, error)),
            };
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            match visited {
                Visited::Folder => {}
                Visited::File(real, input) => found.files.push((real, input)),
                Visited::Other => found.other += 1,
                Visited::Document => found.documents += 1,
                Visited::Git => return WalkState::Skip,
                Visited::Skipped(notice) => {
                    found.notices.push(notice);
                    return WalkState::Skip;
                }
            }
            WalkState::Continue
        })
    });
    std::mem::take(&mut *apart.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Says that a file of globs is not used. One above the folder has no path in a report.
fn unused(root: &ScanRoot, refused: &Refused) -> Notice {
    let below = refused.path.strip_prefix(&root.path).or_else(|_| refused.path.strip_prefix(&root.real));
    let shown: Arc<str> = match below {
        Ok(below) => root.show(below).into(),
        Err(_) => refused.path.file_name().unwrap_or_default().to_string_lossy().into(),
    };
    let text = format!("{} and was not used: what it leaves out is read", refused.why);
    Notice::new(NoticeKind::Unreadable, &shown, text)
}

enum Visited {
    Folder,
    Git,
    File(PathBuf, Input),
    Other,
    Document,
    Skipped(Notice),
}

fn visit(root: &ScanRoot, entry: &DirEntry, options: &Options) -> Visited {
    if entry.depth() == 0 {
        return Visited::Folder;
    }
    let below = entry.path().strip_prefix(&root.path).unwrap_or(entry.path());
    let shown = || -> Arc<str> { root.show(below).into() };
    let Some(kind) = entry.file_type() else { return Visited::Other };
    if kind.is_symlink() {
        let text = "is a symbolic link and was not followed; name it to have it read";
        return Visited::Skipped(Notice::new(NoticeKind::Link, &shown(), text));
    }
    if kind.is_dir() {
        if entry.file_name() == OsStr::new(".git") {
            return Visited::Git;
        }
        if !options.include_vendored && third_party::is_installed(entry.path()) {
            let text = "holds installed third-party code and was skipped; --include-vendored reads it";
            return Visited::Skipped(Notice::new(NoticeKind::ThirdParty, &shown(), text));
        }
        return Visited::Folder;
    }
    if !kind.is_file() {
        return Visited::Other;
    }
    let Some(language) = input::language_of(entry.path()) else { return Visited::Other };
    if language.is_document() && !options.include_docs {
        return Visited::Document;
    }
    if !options.include_vendored && third_party::has_minified_name(&entry.file_name().to_string_lossy()) {
        let text = "is minified and was skipped; --include-vendored reads it";
        return Visited::Skipped(Notice::new(NoticeKind::Minified, &shown(), text));
    }
    let from = From::Disk(entry.path().to_owned());
    let input = Input { path: shown(), language, named: false, from, minified_too: options.include_vendored };
    Visited::File(root.real.join(below), input)
}

/// A folder that cannot be listed, or an ignore file that cannot be understood. The message of the walker holds the path,
/// which may be absolute; only the reason is shown.
fn unreadable(root: &ScanRoot, error: &ignore::Error) -> Notice {
    let path = path_of(error).and_then(|path| path.strip_prefix(&root.path).ok()).unwrap_or(Path::new(""));
    let shown = root.show(path);
    let shown: Arc<str> = if shown.is_empty() { ".".into() } else { shown.into() };
    let reason = error.io_error().map_or_else(|| "it could not be understood".to_owned(), ToString::to_string);
    Notice::new(NoticeKind::Unreadable, &shown, format!("cannot be read: {reason}"))
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithLineNumber { err, .. } | ignore::Error::WithDepth { err, .. } => path_of(err),
        ignore::Error::Partial(errors) => errors.iter().find_map(path_of),
        _ => None,
    }
}

/// The files of a folder of rules, for `--rules`: not searched deeper than what rules share.
pub(crate) fn toml_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let shared = SHARED_FOLDERS.map(|name| folder.join(name));
    for folder in std::iter::once(folder.to_owned()).chain(shared) {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let is_manifest = path.file_name() == Some(OsStr::new("Cargo.toml"));
            if path.extension() == Some(OsStr::new("toml")) && path.is_file() && !is_manifest {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
