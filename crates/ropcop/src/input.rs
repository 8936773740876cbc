//! One thing to read, and how to get its text.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ropcop_engine::Prefilter;
use ropcop_syntax::{Language, Source};

use crate::decode::{self, Encoding};
use crate::error::Error;
use crate::notice::{Notice, NoticeKind};
use crate::third_party;

/// The name of standard input, unless another is given.
pub(crate) const STDIN: &str = "<stdin>";

/// Larger files are not written by people; they would cost memory and time for nothing. The report says so.
const LIMIT: u64 = 10 * 1024 * 1024;

/// Something to read: a file on disk, or a text that is already there (standard input, an example in a rule).
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// Path as it is reported, `/` between its parts.
    pub(crate) path: Arc<str>,
    /// What it is written in.
    pub(crate) language: Language,
    /// Whether the user asked for exactly this: then neither size nor looks are a reason to skip it.
    pub(crate) named: bool,
    /// Where the text is.
    pub(crate) from: From,
    /// Whether minified scripts are read too.
    pub(crate) minified_too: bool,
}

/// Where the text of an [`Input`] is.
#[derive(Clone, Debug)]
pub(crate) enum From {
    Disk(PathBuf),
    Text(Arc<str>),
}

/// What became of an [`Input`].
#[derive(Debug)]
pub(crate) enum Loaded {
    /// It was read, and no rule can match in it.
    Quiet,
    /// Some rule might match.
    Source(Source, Encoding),
    /// It was not read.
    Skipped(Notice),
}

impl Input {
    /// A text that is already there.
    pub(crate) fn text(path: &str, text: &str) -> Option<Self> {
        let language = Language::detect(path, text)?;
        Some(Self { path: path.into(), language, named: true, from: From::Text(text.into()), minified_too: true })
    }

    /// Standard input, whole.
    pub(crate) fn stdin(name: Option<&str>) -> Result<Self, Error> {
        let path = name.map_or_else(|| STDIN.to_owned(), |name| name.replace('\\', "/"));
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|source| Error::Read { what: "standard input".to_owned(), source })?;
        let (text, _) = decode::decode(&bytes).ok_or_else(|| Error::NotText(path.clone()))?;
        Self::text(&path, &text).ok_or(Error::NoLanguage(path))
    }

    /// Gets the text, if it can matter. `buffer` is used again from file to file, so that a file without any literal of
    /// any rule costs no memory of its own.
    pub(crate) fn load(&self, prefilter: &Prefilter, buffer: &mut Vec<u8>) -> Loaded {
        let path = match &self.from {
            From::Text(text) => {
                return match prefilter.matches(text.as_bytes(), self.language) {
                    true => Loaded::Source(self.source(text.clone()), Encoding::Utf8),
                    false => Loaded::Quiet,
                };
            }
            From::Disk(path) => path,
        };
        match read(path, self.limit(), buffer) {
            Ok(true) => self.decode(prefilter, buffer),
            Ok(false) => self.skipped(NoticeKind::TooLarge, "is over 10 MB and was skipped; name it to have it read"),
            Err(error) => self.skipped(NoticeKind::Unreadable, format!("cannot be read: {error}")),
        }
    }

    fn decode(&self, prefilter: &Prefilter, bytes: &[u8]) -> Loaded {
        // All but UTF-16 can be searched before it is known to be valid; this is where nearly every file ends.
        let utf16 = decode::is_utf16(bytes);
        if !utf16 {
            if decode::is_binary(bytes) {
                return self.skipped(NoticeKind::Binary, "is not a text file and was skipped");
            }
            if !prefilter.matches(bytes, self.language) {
                return Loaded::Quiet;
            }
        }
        let Some((text, encoding)) = decode::decode(bytes) else { return Loaded::Quiet };
        if utf16 && !prefilter.matches(text.as_bytes(), self.language) {
            return Loaded::Quiet;
        }
        let script = self.language == Language::JavaScript;
        if script && !self.named && !self.minified_too && third_party::looks_minified(&text) {
            return self.skipped(NoticeKind::Minified, "is minified and was skipped");
        }
        Loaded::Source(self.source(text.into()), encoding)
    }

    fn source(&self, text: Arc<str>) -> Source {
        Source { path: self.path.clone(), text, language: self.language }
    }

    fn limit(&self) -> u64 {
        if self.named { u64::MAX } else { LIMIT }
    }

    fn skipped(&self, kind: NoticeKind, text: impl Into<String>) -> Loaded {
        Loaded::Skipped(Notice::new(kind, &self.path, text))
    }
}

/// Reads a file into `buffer`; false if it is larger than `limit`.
fn read(path: &Path, limit: u64, buffer: &mut Vec<u8>) -> io::Result<bool> {
    let mut file = File::open(path)?;
    buffer.clear();
    // The size is only a hint: what counts is what comes, also from a pipe or a file that grows.
    let size = file.metadata()?.len();
    if size > limit {
        return Ok(false);
    }
    buffer.reserve(usize::try_from(size).unwrap_or(0).saturating_add(1));
    if limit == u64::MAX {
        file.read_to_end(buffer)?;
        return Ok(true);
    }
    let read = file.take(limit + 1).read_to_end(buffer)?;
    Ok(read as u64 <= limit)
}

/// The language of a file on disk, by its name or else by its first line. Reads at most a few bytes.
pub(crate) fn language_of(path: &Path) -> Option<Language> {
    let name = path.file_name()?.to_string_lossy();
    if let Some(language) = Language::detect(&name, "") {
        return Some(language);
    }
    let mut head = [0; 128];
    let read = File::open(path).and_then(|mut file| file.read(&mut head)).ok()?;
    let head = head[..read].strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head[..read]);
    Language::detect(&name, &String::from_utf8_lossy(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_vanished_or_is_too_large_is_said_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.sh");
        let prefilter = Prefilter::new(&ropcop_engine::Rules::default());
        let mut input = Input {
            path: "a.sh".into(),
            language: Language::Shell,
            named: false,
            from: From::Disk(path.clone()),
            minified_too: false,
        };
        let kind = |input: &Input| match input.load(&prefilter, &mut Vec::new()) {
            Loaded::Skipped(notice) => Some(notice.kind),
            _ => None,
        };
        assert_eq!(kind(&input), Some(NoticeKind::Unreadable));
        File::create(&path).and_then(|file| file.set_len(LIMIT + 1)).expect("a file");
        assert_eq!(kind(&input), Some(NoticeKind::TooLarge));
        input.named = true;
        assert_eq!(kind(&input), Some(NoticeKind::Binary));
    }

    #[test]
    fn a_script_without_extension_is_known_by_its_first_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deploy");
        std::fs::write(&path, "#!/usr/bin/env bash\n").expect("a file");
        assert_eq!(language_of(&path), Some(Language::Shell));
        std::fs::write(&path, "text").expect("a file");
        assert_eq!(language_of(&path), None);
    }
}
