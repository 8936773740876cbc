//! What a host fills in before it runs a text: `${{ … }}` and its like become holes.

use std::ops::Range;

use crate::text::closing::Closing;
use crate::text::stretch::last_name;
use crate::text::template::Template;

/// A way to write a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// `${{ x }}`.
    Expression,
    /// `{{ x }}`.
    Braces,
    /// `$(x)`, where `x` is a name and nothing else: `$(program word)` belongs to the shell.
    Macro,
    /// `$[ x ]`.
    Runtime,
    /// `<< x >>`.
    Angles,
    /// `$[[ x ]]`.
    Input,
    /// `<+x>`.
    Plus,
    /// `((x))`, where `x` is a name and nothing else: a shell calculates with what is in them.
    Parentheses,
}

/// For files that nobody is known to read.
pub(crate) const ANY: &[Mark] = &[Mark::Expression, Mark::Braces, Mark::Plus];

/// What containers get filled in before they start; `$(NAME)` is filled in by Kubernetes itself.
pub(crate) const CONTAINER: &[Mark] = &[Mark::Expression, Mark::Braces, Mark::Macro];

/// Signs of a part that stands there or not, behind `<<`: it has an end, and no value.
const SECTION: [char; 3] = ['#', '/', '^'];

/// What has no end near by is no hole.
const LONGEST: usize = 2_000;

impl Mark {
    fn open(self) -> &'static str {
        match self {
            Self::Expression => "${{",
            Self::Braces => "{{",
            Self::Macro => "$(",
            Self::Runtime => "$[",
            Self::Angles => "<<",
            Self::Input => "$[[",
            Self::Parentheses => "((",
            Self::Plus => "<+",
        }
    }

    fn close(self) -> &'static str {
        match self {
            Self::Expression | Self::Braces => "}}",
            Self::Macro => ")",
            Self::Runtime => "]",
            Self::Angles => ">>",
            Self::Input => "]]",
            Self::Parentheses => "))",
            Self::Plus => ">",
        }
    }

    /// Whether an expression can stand between the marks.
    fn takes(self, expression: &str) -> bool {
        let is_name = |c: char| c.is_alphanumeric() || "._-".contains(c);
        match self {
            Self::Macro => !expression.is_empty() && expression.trim().chars().all(is_name),
            Self::Parentheses => {
                let is_start = |c: char| c.is_alphanumeric() || "_\"/".contains(c);
                expression.starts_with(is_start) && expression.chars().all(|c| is_name(c) || "/:\"".contains(c))
            }
            // `cat << EOF >> file` is shell.
            Self::Angles => {
                let expression = expression.trim_start_matches(SECTION).trim();
                let word = expression.split(['.', '(']).next().unwrap_or_default();
                !expression.contains('\n') && ["parameters", "pipeline", "matrix", "include"].contains(&word)
            }
            Self::Plus => expression.starts_with(char::is_alphabetic) && !expression.contains(['\n', '<']),
            Self::Runtime => !expression.starts_with('[') && !expression.contains('\n'),
            Self::Expression | Self::Braces | Self::Input => true,
        }
    }
}

/// A text with holes where the host fills something in.
pub(crate) fn punched(code: &Template, marks: &[Mark]) -> Template {
    let text = &code.text.text;
    let mut open: Vec<(Mark, Closing)> = marks.iter().map(|mark| (*mark, Closing::new(mark.close()))).collect();
    let mut ranges: Vec<(Range<usize>, Option<String>)> = Vec::new();
    let mut sections: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(['$', '{', '<', '(']).map(|found| found + at) {
        at = start + 1;
        for (mark, closing) in &mut open {
            if !text[start..].starts_with(mark.open()) {
                continue;
            }
            let from = start + mark.open().len();
            let Some(end) = closing.at_or_behind(text, from).filter(|end| end - start < LONGEST) else { continue };
            if mark.takes(&text[from..end]) {
                at = end + mark.close().len();
                match *mark == Mark::Angles && text[from..end].starts_with(SECTION) {
                    true => sections.push(start..at),
                    false => ranges.push((around(text, start..at, *mark), last_name(&text[from..end]))),
                }
                break;
            }
        }
    }
    let mut code = code.clone();
    for section in sections {
        code.text.text.replace_range(section.clone(), &" ".repeat(section.len()));
    }
    if ranges.is_empty() { code } else { code.punched(&ranges) }
}

/// A hole together with the `$` or `${` before it: the host puts in the name of a variable of the shell.
fn around(text: &str, hole: Range<usize>, mark: Mark) -> Range<usize> {
    let (before, behind) = (&text[..hole.start], &text[hole.end..]);
    match mark {
        Mark::Angles if before.ends_with("${") && behind.starts_with('}') => hole.start - 2..hole.end + 1,
        Mark::Angles if before.ends_with('$') => hole.start - 1..hole.end,
        _ => hole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_holes_and_shell_stays() {
        let marks =
            [Mark::Expression, Mark::Macro, Mark::Runtime, Mark::Angles, Mark::Input, Mark::Parentheses, Mark::Plus];
        for (text, names) in [
            ("a ${{ secrets.AZ_PASS }} b", &["AZ_PASS"][..]),
            ("${{ inputs.a || 'x' }}", &["a"]),
            ("$(my.pass-word) $(az account show) $((1+2)) $( )", &["pass-word"]),
            ("$[ variables.x ] $[[ inputs.y ]] << parameters.z >> cat << EOF >> f", &["x", "y", "z"]),
            ("<<# parameters.a >> b << parameters.c >> <</parameters.a>>", &["c"]),
            ("${{ open", &[]),
            ("<+secrets.user> <+pipeline.variables.pass> cat <+1 > x", &["user", "pass"]),
            ("((user)) ((vault:team/my.pass)) $((1 + 2)) (( i > 2 )) ((i++))", &["user", "pass"]),
        ] {
            let punched = punched(&Template::verbatim(text, 0), &marks);
            let found: Vec<&str> = punched.holes.iter().flatten().map(String::as_str).collect();
            assert_eq!(found, names, "{text}");
        }
    }
}
