//! `docs/limits.md`: every number at which something is cut, taken from the constants and what is said above them.

mod source;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use source::{files, relative, root};

/// A constant of the source that is a number.
struct Constant {
    /// Path of the file from the root of the repository.
    path: String,
    name: String,
    value: u64,
    /// What is said of it.
    doc: String,
}

/// Numbers that cut nothing.
const NO_LIMITS: [(&str, &[&str]); 12] = [
    // Exit codes, versions and numbers of formats.
    ("ropcop/src/lib.rs", &["CLEAN", "FOUND", "FAILED"]),
    ("ropcop/src/report/json.rs", &["VERSION"]),
    ("ropcop/src/line_hash.rs", &["BLOCK", "BASE", "END"]),
    ("ropcop/src/report/excerpt.rs", &["TAB"]),
    // Sizes of tools: more would be slower or larger, and find the same.
    ("ropcop/src/scan.rs", &["STACK"]),
    ("ropcop-syntax/src/tree/effort.rs", &["STRETCH"]),
    ("ropcop-engine/src/prefilter/sieve.rs", &["HEAD", "WHOLE"]),
    // What is rarer, and looked for first.
    ("ropcop-engine/src/prefilter/need.rs", &["BETTER"]),
    ("ropcop-engine/src/prefilter/required.rs", &["SHORTEST"]),
    // What is a word.
    ("ropcop-syntax/src/vocabulary/list.rs", &["SHORTEST"]),
    // Pages of facts are not reports.
    ("ropcop-engine/src/matcher/failed.rs", &["MOST_NAMES"]),
    ("ropcop/src/commands/facts/expression.rs", &["LONGEST_EXPRESSION"]),
];

/// Ends the comment of a limit that shows in a report when it cuts something.
const SAID: &str = "The report says so.";

const INTRODUCTION: &str = "\
# Limits

<!-- Written by `ROPCOP_BLESS=1 cargo test -p ropcop --test limits` from the comments in the source. -->

A scan must end, whatever it is given. So every effort has a limit: how deep things are nested, how many of them are
followed, how long a text may be. A limit is there for one of three reasons. What is beyond it is data and no code that
somebody wrote; or it would take time or memory out of proportion; or it would not fit on the stack. All limits are far
above what people write: if one of them hides a sign-in in a real file, that is a bug, and a report of it is welcome.

What you see when something is cut:

- Only what is beyond the limit is missing. The rest of the file is read, and other files are not affected.
- Where a limit is marked *said*, every report has a notice: `limit` with the number and the place, `too-large` for a whole
  file. A mistake in a rule ends the run with its message.
- The others are silent. `ropcop facts FILE` shows what was understood, and so what was not.
";

#[test]
fn the_page_of_limits_names_every_limit_with_its_number() {
    let page = page(&constants());
    let path = root().join("docs/limits.md");
    if std::env::var_os("ROPCOP_BLESS").is_some() {
        fs::write(&path, page).expect("the page can be written");
        return;
    }
    let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        written == page,
        "docs/limits.md is not up to date: run this test with ROPCOP_BLESS=1 and look at the difference"
    );
}

#[test]
fn every_limit_says_what_it_cuts() {
    let constants = constants();
    assert!(constants.len() > 150, "only {} numbers were found", constants.len());
    let silent: Vec<String> = constants
        .iter()
        .filter(|constant| is_limit(constant) && !constant.doc.ends_with('.'))
        .map(|constant| format!("{}: {} = {}", constant.path, constant.name, constant.value))
        .collect();
    assert!(silent.is_empty(), "without a sentence about what is cut:\n{}", silent.join("\n"));
    let known: BTreeSet<(&str, &str)> =
        constants.iter().map(|constant| (constant.path.as_str(), constant.name.as_str())).collect();
    for (path, names) in NO_LIMITS {
        for name in names {
            assert!(known.contains(&(&*format!("crates/{path}"), *name)), "{path} no longer has {name}");
        }
    }
}

fn is_limit(constant: &Constant) -> bool {
    let path = constant.path.strip_prefix("crates/").unwrap_or_default();
    !NO_LIMITS.iter().any(|(file, names)| *file == path && names.contains(&constant.name.as_str()))
}

/// The heading under which the limits of a file stand, in the order of the page; the most special first.
const HEADINGS: [(&str, &str); 20] = [
    ("ropcop/src/commands", "Files and reports"),
    ("ropcop/src", "Files and reports"),
    ("ropcop-syntax/src/written", "Files and reports"),
    ("ropcop-engine/src", "Rules"),
    ("ropcop-syntax/src/program/powershell", "PowerShell"),
    ("ropcop-syntax/src/program/groovy", "Groovy"),
    ("ropcop-syntax/src/program/plain", "Programs without a grammar"),
    ("ropcop-syntax/src/program", "Programs"),
    ("ropcop-syntax/src/tree", "Programs"),
    ("ropcop-syntax/src/script/shell", "Shell"),
    ("ropcop-syntax/src/script", "Batch files and makefiles"),
    ("ropcop-syntax/src/host", "Files that something runs"),
    ("ropcop-syntax/src/document", "YAML, JSON, HCL and Bicep"),
    ("ropcop-syntax/src/carrier", "Files that carry code"),
    ("ropcop-syntax/src/guest", "Files that carry code"),
    ("ropcop-syntax/src/settings", "Settings"),
    ("ropcop-syntax/src/record", "Records"),
    ("ropcop-syntax/src/text", "Texts with holes"),
    ("ropcop-syntax/src/vocabulary", "Names"),
    ("ropcop-syntax/src", "Everything else"),
];

fn heading(constant: &Constant) -> &'static str {
    let path = constant.path.strip_prefix("crates/").unwrap_or_default();
    HEADINGS.iter().find(|(start, _)| path.starts_with(start)).map_or("Everything else", |(_, heading)| heading)
}

fn page(constants: &[Constant]) -> String {
    let mut page = INTRODUCTION.to_owned();
    let mut headings: Vec<&str> = HEADINGS.iter().map(|(_, heading)| *heading).collect();
    headings.dedup();
    for title in headings {
        let limits: Vec<&Constant> =
            constants.iter().filter(|constant| is_limit(constant) && heading(constant) == title).collect();
        if limits.is_empty() {
            continue;
        }
        let _ = write!(page, "\n## {title}\n\n| number | what is cut | where |\n| ---: | --- | --- |\n");
        for Constant { path, name, value, doc } in limits {
            let (doc, said) = match doc.strip_suffix(SAID) {
                Some(doc) => (doc.trim_end(), " *Said.*"),
                None => (doc.as_str(), ""),
            };
            let doc = doc.replace("[`", "`").replace("`]", "`").replace('|', "\\|");
            let _ = writeln!(page, "| {} | {doc}{said} | `{name}` in `{path}` |", grouped(*value));
        }
    }
    page
}

/// A number with commas, as people read it.
fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let grouped: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|chunk| std::str::from_utf8(chunk).expect("digits")).collect();
    grouped.join(",")
}

/// The constants of all crates, in the order of their files.
fn constants() -> Vec<Constant> {
    let mut found = Vec::new();
    for name in ["ropcop", "ropcop-engine", "ropcop-syntax"] {
        for file in files(&root().join("crates").join(name).join("src")) {
            let path = relative(&file);
            let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"));
            found.extend(constants_of(&path, &text));
        }
    }
    found
}

fn constants_of(path: &str, text: &str) -> Vec<Constant> {
    let mut found = Vec::new();
    let mut doc: Vec<&str> = Vec::new();
    let code = text.lines().map(str::trim).take_while(|line| *line != "mod tests {");
    for line in code {
        match line.strip_prefix("/// ") {
            Some(more) => doc.push(more),
            None if line.starts_with("#[") => {}
            None => {
                let constant = number(line);
                found.extend(constant.map(|(name, value)| Constant {
                    path: path.to_owned(),
                    name: name.to_owned(),
                    value,
                    doc: doc.join(" "),
                }));
                doc.clear();
            }
        }
    }
    found
}

/// The name and the value of a constant that is a number: `pub(super) const MOST: usize = 1 << 4;`.
fn number(line: &str) -> Option<(&str, u64)> {
    let (before, rest) = line.split_once("const ")?;
    if !(before.is_empty() || before.starts_with("pub")) {
        return None;
    }
    let (name, rest) = rest.split_once(": ")?;
    let (kind, value) = rest.strip_suffix(';')?.split_once(" = ")?;
    let is_number = ["usize", "u64", "u32", "u16", "u8", "i64", "i32"].contains(&kind);
    (is_number && !value.contains("::")).then(|| (name, evaluated(value).unwrap_or_else(|| panic!("what is {value}?"))))
}

/// The value of an expression of numbers.
fn evaluated(text: &str) -> Option<u64> {
    let text = text.trim();
    if let Some((left, right)) = text.split_once("<<") {
        return Some(evaluated(left)? << evaluated(right)?);
    }
    if let Some((left, right)) = text.rsplit_once('-') {
        return evaluated(left)?.checked_sub(evaluated(right)?);
    }
    if let Some((left, right)) = text.split_once('*') {
        return Some(evaluated(left)? * evaluated(right)?);
    }
    let digits = text.replace('_', "");
    match digits.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    }
}
