//! Languages that write comments and texts alike.

/// How a language writes comments and texts.
#[derive(Debug)]
pub(super) struct Family {
    extensions: &'static [&'static str],
    /// What begins a comment that ends with its line.
    pub(super) line: &'static [&'static str],
    /// What begins and ends a comment.
    pub(super) block: Option<(&'static str, &'static str)>,
    /// Where a program begins and ends in a page.
    pub(super) inside: Option<(&'static str, &'static str)>,
    pub(super) quotes: &'static str,
    /// A backslash escapes; else a quote that is written twice means itself.
    pub(super) backslash: bool,
    /// What joins texts.
    pub(super) joins: &'static [&'static str],
    /// What is put into a text: where it begins and ends.
    pub(super) holes: &'static [(&'static str, &'static str)],
    /// A name behind this sign is put into a text.
    pub(super) sigil: Option<char>,
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

const LUA: Family =
    Family { extensions: &["lua"], line: &["--"], block: Some(("--[[", "]]")), quotes: "\"'", joins: &[".."], ..C };

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

const FAMILIES: &[Family] = &[
    C,
    // Objective-C, and Power Query under the same ending.
    Family { extensions: &["m", "mm"], joins: &["&", "+", ""], ..C },
    Family { extensions: &["pq", "pqm", "tmdl"], backslash: false, joins: &["&"], ..C },
    PHP,
    RUBY,
    LUA,
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
    Family { extensions: &["rs", "fs", "fsx", "zig"], joins: &["+"], holes: &[("{", "}")], ..C },
    Family { extensions: &["swift"], joins: &["+"], holes: &[("\\(", ")")], ..C },
    Family { extensions: &["dart"], quotes: "\"'", joins: &["+", ""], holes: &[("${", "}")], sigil: Some('$'), ..C },
];

/// How the language of a file is written; where the name does not tell, as Ruby is.
pub(super) fn of(path: &str) -> &'static Family {
    FAMILIES.iter().find(|family| family.has(path)).unwrap_or(&RUBY)
}

impl Family {
    fn has(&self, path: &str) -> bool {
        let extension = path.rsplit('.').next().unwrap_or_default();
        self.extensions.iter().any(|own| own.eq_ignore_ascii_case(extension))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::PLAIN;

    #[test]
    fn every_ending_belongs_to_a_family() {
        let of_families: Vec<&str> = FAMILIES.iter().flat_map(|family| family.extensions).copied().collect();
        assert_eq!(of_families.len(), PLAIN.len());
        assert!(PLAIN.iter().all(|extension| of_families.contains(extension)));
    }
}
