//! Languages without a grammar that write comments and texts alike.

/// How some languages write comments and texts.
#[derive(Debug)]
pub(crate) struct Family {
    pub(super) extensions: &'static [&'static str],
    /// What begins a comment that ends with its line.
    pub(crate) line: &'static [&'static str],
    /// What begins and ends a comment.
    pub(crate) block: Option<(&'static str, &'static str)>,
    /// Where a program begins and ends in a page.
    pub(crate) inside: Option<(&'static str, &'static str)>,
    pub(crate) quotes: &'static str,
    /// A backslash escapes; else a quote that is written twice means itself.
    pub(crate) backslash: bool,
    /// What joins texts.
    pub(crate) joins: &'static [&'static str],
    /// What is put into a text: where it begins and ends.
    pub(crate) holes: &'static [(&'static str, &'static str)],
    /// A name behind this sign is put into a text.
    pub(crate) sigil: Option<char>,
    /// In a list, `,` stands between what belongs together, and `;` or the end of a line between the items.
    pub(crate) pairs: bool,
}

const C: Family = Family {
    extensions: &["c", "h", "cc", "cpp", "cxx", "hpp"],
    line: &["//"],
    block: Some(("/*", "*/")),
    inside: None,
    quotes: "\"",
    backslash: true,
    joins: &["+", ""],
    holes: &[],
    sigil: None,
    pairs: false,
};

const PHP: Family = Family {
    extensions: &["php", "phtml", "phpt", "inc"],
    line: &["//", "#"],
    inside: Some(("<?", "?>")),
    quotes: "\"'",
    joins: &["."],
    holes: &[("{$", "}"), ("${", "}")],
    sigil: Some('$'),
    ..C
};

const RUBY: Family = Family {
    extensions: &["rb", "rake", "gemspec", "ex", "exs", "cr"],
    line: &["#"],
    block: Some(("\n=begin", "\n=end")),
    quotes: "\"'",
    joins: &["+", "<>"],
    holes: &[("#{", "}")],
    ..C
};

const SQL: Family = Family {
    extensions: &["sql"],
    line: &["--"],
    quotes: "'",
    backslash: false,
    joins: &["+", "||"],
    holes: &[("$(", ")")],
    ..C
};

const BASIC: Family = Family {
    extensions: &["vb", "bas", "vbs", "vba"],
    line: &["'", "REM "],
    block: None,
    backslash: false,
    joins: &["&", "+"],
    holes: &[],
    ..C
};

/// All of them. An ending that is in here is read, and nowhere else is it told so.
pub(super) const FAMILIES: &[Family] = &[
    C,
    // Objective-C, and Power Query under the same ending.
    Family { extensions: &["m", "mm"], joins: &["&", "+", ""], ..C },
    Family { extensions: &["pq", "pqm", "tmdl"], backslash: false, joins: &["&"], ..C },
    PHP,
    RUBY,
    SQL,
    BASIC,
    Family {
        extensions: &["pl", "pm"],
        line: &["#"],
        block: None,
        quotes: "\"'",
        sigil: Some('$'),
        joins: &["."],
        ..C
    },
    Family { extensions: &["r"], line: &["#"], block: None, quotes: "\"'", joins: &[], ..C },
    Family { extensions: &["rs", "zig"], joins: &["+"], holes: &[("{", "}")], ..C },
    Family { extensions: &["fs", "fsx"], joins: &["+"], holes: &[("{", "}")], pairs: true, ..C },
    Family { extensions: &["swift"], joins: &["+"], holes: &[("\\(", ")")], ..C },
    Family { extensions: &["dart"], quotes: "\"'", joins: &["+", ""], holes: &[("${", "}")], sigil: Some('$'), ..C },
];

impl Family {
    /// How the language of a file is written; where the name does not tell, as Ruby is.
    pub(crate) fn of(path: &str) -> &'static Self {
        let extension = path.rsplit('.').next().unwrap_or_default();
        FAMILIES.iter().find(|family| family.has(extension)).unwrap_or(&RUBY)
    }

    pub(super) fn has(&self, extension: &str) -> bool {
        self.extensions.iter().any(|own| own.eq_ignore_ascii_case(extension))
    }
}
