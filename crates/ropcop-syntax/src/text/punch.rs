//! From placeholders in a text to its holes.

use std::ops::Range;

use super::closing::Closing;
use super::name::last_name;
use super::placeholder::{Mark, SECTION, SETTINGS, Shape, Written, is_expression};
use super::template::Template;

/// What has no end near by is no placeholder.
const LONGEST: usize = 4_000;

/// A placeholder in a text.
pub(crate) struct Placeholder {
    mark: Option<Mark>,
    /// All of it, in bytes of the text.
    pub(crate) range: Range<usize>,
    /// What stands between its marks.
    pub(crate) inside: Range<usize>,
    /// What fills it.
    pub(crate) name: Option<String>,
}

impl Placeholder {
    pub(crate) fn is(&self, mark: Mark) -> bool {
        self.mark == Some(mark)
    }
}

/// The placeholders of a text, in their order; what stands in another does not count. At each place, the first of the
/// marks that fits counts.
pub(crate) fn found(text: &str, marks: &[Mark]) -> Vec<Placeholder> {
    match marks.iter().find_map(|mark| whole(text, *mark)) {
        Some(whole) => vec![whole],
        None => between(text, marks.iter().filter_map(|mark| MarkRow::of(*mark))),
    }
}

fn between(text: &str, rows: impl Iterator<Item = MarkRow>) -> Vec<Placeholder> {
    let mut rows: Vec<MarkRow> = rows.filter(|row| text.contains(row.open)).collect();
    let mut found = Vec::new();
    if rows.is_empty() {
        return found;
    }
    let firsts: Vec<char> = rows.iter().filter_map(|row| row.open.chars().next()).collect();
    let mut at = 0;
    while let Some(start) = text[at..].find(&firsts[..]).map(|length| at + length) {
        at = start + text[start..].chars().next().map_or(1, char::len_utf8);
        for row in rows.iter_mut().filter(|row| text[start..].starts_with(row.open)) {
            if let Some(inside) = row.inside(text, start) {
                let placeholder = row.placeholder(text, start, inside);
                at = placeholder.range.end;
                found.push(placeholder);
                break;
            }
            // Written twice, the marks of just mean themselves.
            if row.mark == Some(Mark::Recipe) && text[start + row.open.len()..].starts_with(row.open) {
                at = start + 2 * row.open.len();
                break;
            }
        }
    }
    found
}

/// A text with holes where something is filled in.
pub(crate) fn punched(code: &Template, marks: &[Mark]) -> Template {
    punch(code.clone(), marks)
}

fn punch(mut code: Template, marks: &[Mark]) -> Template {
    let text = &code.text.text;
    let is_section = |it: &Placeholder| it.is(Mark::Angles) && text[it.inside.clone()].starts_with(SECTION);
    let (sections, found): (Vec<Placeholder>, Vec<Placeholder>) = found(text, marks).into_iter().partition(is_section);
    for Placeholder { range, .. } in sections {
        code.text.text.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    with_holes(code, found)
}

fn with_holes(code: Template, found: Vec<Placeholder>) -> Template {
    let holes: Vec<_> = found.into_iter().map(|placeholder| (placeholder.range, placeholder.name)).collect();
    if holes.is_empty() { code } else { code.punched(&holes) }
}

/// A text of a program with holes where its language puts something in, each between two marks.
pub(crate) fn interpolated(text: Template, marks: &[(&'static str, &'static str)]) -> Template {
    let rows = marks.iter().map(|marks| MarkRow::between(None, *marks, is_expression, last_name));
    let found = between(&text.text.text, rows);
    with_holes(text, found)
}

/// A value of a file of settings with holes where something is filled in before the file is read.
pub(crate) fn filled(value: &Template) -> Template {
    if !value.text.text.contains(['$', '{', '%', '_', '@']) {
        return value.clone();
    }
    SETTINGS.iter().fold(value.clone(), |value, mark| punch(value, &[*mark]))
}

/// The placeholder that all of a text is.
fn whole(text: &str, mark: Mark) -> Option<Placeholder> {
    let (Shape::Whole(open, close), name) = mark.row() else { return None };
    let inside = text.strip_prefix(open)?.strip_suffix(close)?;
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    (inside.starts_with(|c: char| c.is_alphabetic() || c == '_') && inside.chars().all(is_name)).then(|| Placeholder {
        mark: Some(mark),
        range: 0..text.len(),
        inside: open.len()..open.len() + inside.len(),
        name: name(inside),
    })
}

/// A row of the table, while a text is read.
struct MarkRow {
    /// None for what a language puts into its texts.
    mark: Option<Mark>,
    open: &'static str,
    end: End,
    name: fn(&str) -> Option<String>,
}

enum End {
    Closing(&'static str, Closing, fn(&Written<'_>) -> bool),
    Length(fn(&str, &str) -> usize),
}

impl MarkRow {
    /// The row of a mark that may stand anywhere in a text.
    fn of(mark: Mark) -> Option<Self> {
        let (shape, name) = mark.row();
        match shape {
            Shape::Between(open, close, takes) => Some(Self::between(Some(mark), (open, close), takes, name)),
            Shape::Behind(open, length) => Some(Self { mark: Some(mark), open, end: End::Length(length), name }),
            Shape::Whole(..) => None,
        }
    }

    fn between(
        mark: Option<Mark>,
        (open, close): (&'static str, &'static str),
        takes: fn(&Written<'_>) -> bool,
        name: fn(&str) -> Option<String>,
    ) -> Self {
        Self { mark, open, end: End::Closing(close, Closing::new(close), takes), name }
    }

    /// What is inside the placeholder that begins at `start`.
    fn inside(&mut self, text: &str, start: usize) -> Option<Range<usize>> {
        let from = start + self.open.len();
        match &mut self.end {
            End::Closing(close, closing, takes) => {
                let mut end = closing.at_or_behind(text, from).filter(|end| end - start < LONGEST)?;
                // `{{{ x }}}` ends with the last of the braces.
                if self.mark == Some(Mark::Braces) && text[from..].starts_with('{') && text[end + 2..].starts_with('}')
                {
                    end += 1;
                }
                let behind = &text[end + close.len()..];
                let stretch = Written { before: &text[..start], inside: &text[from..end], behind };
                takes(&stretch).then_some(from..end)
            }
            End::Length(length) => {
                let length = length(&text[..start], &text[from..]);
                (length > 0).then_some(from..from + length)
            }
        }
    }

    fn placeholder(&self, text: &str, start: usize, inside: Range<usize>) -> Placeholder {
        let close = match self.end {
            End::Closing(close, ..) => close.len(),
            End::Length(_) => 0,
        };
        let range = start..inside.end + close;
        let written = &text[inside.clone()];
        let name = (self.name)(written);
        if self.mark != Some(Mark::Angles) {
            return Placeholder { mark: self.mark, range, inside, name };
        }
        // The host puts the name of a variable of the shell into `$` and `${}`.
        let (before, behind) = (&text[..start], &text[range.end..]);
        let range = match before.ends_with("${") && behind.starts_with('}') {
            true => start - 2..range.end + 1,
            false => start - usize::from(before.ends_with('$'))..range.end,
        };
        Placeholder { mark: self.mark, range, name, inside }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(template: &Template) -> Vec<&str> {
        template.holes.iter().flatten().map(String::as_str).collect()
    }

    #[test]
    fn marks_become_holes_and_shell_stays() {
        let marks =
            [Mark::Expression, Mark::Macro, Mark::Runtime, Mark::Angles, Mark::Input, Mark::Parentheses, Mark::Plus];
        for (text, wanted) in [
            ("a ${{ secrets.AZ_PASS }} b", &["AZ_PASS"][..]),
            ("${{ inputs.a || 'x' }}", &["a"]),
            ("$(my.pass-word) $(az account show) $((1+2)) $( )", &["pass-word"]),
            ("$[ variables.x ] $[[ inputs.y ]] << parameters.z >> cat << EOF >> f", &["x", "y", "z"]),
            ("<<# parameters.a >> b << parameters.c >> <</parameters.a>>", &["c"]),
            ("${{ open", &[]),
            ("<+secrets.user> <+pipeline.variables.pass> cat <+1 > x", &["user", "pass"]),
            ("((user)) ((vault:team/my.pass)) $((1 + 2)) (( i > 2 )) ((i++))", &["user", "pass"]),
        ] {
            assert_eq!(names(&punched(&Template::verbatim(text, 0), &marks)), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_filled_in_is_a_hole() {
        for (text, wanted) in [
            ("${A}", &["A"][..]),
            ("$A_B", &["A_B"]),
            ("pa$word", &[]),
            ("x ${A:-b} {{ c.d | quote }}", &["A", "d"]),
            ("${A:-{{ b }}}", &["A"]),
            ("${{ secrets.E }}", &["E"]),
            ("#{F}#-#{G}", &["F", "G"]),
            ("$(H.I)", &["I"]),
            ("<%= j %>", &["j"]),
            ("%(k)s", &["k"]),
            ("__L__", &["L"]),
            ("%M%", &["M"]),
            ("${env:N}", &["N"]),
            ("50%", &[]),
            ("$1", &[]),
        ] {
            let filled = filled(&Template::verbatim(text, 0));
            let mut found = names(&filled);
            found.sort_unstable();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn each_reader_has_its_own_placeholders() {
        for (mark, text, wanted) in [
            (Mark::Recipe, "a {{ b }} {{{{c}} {{ env('D', 'e') }}", &["b", "D"][..]),
            (Mark::Braces, "{{{ a }}} {{user-name}} {{ b | quote }}", &["a", "user-name", "b"]),
            (Mark::Percent, "%{A=b} %{C}", &["A", "C"]),
            (Mark::Tox, "{posargs:x} {env:A:b} {[c]d}", &["posargs", "A", "d"]),
            (Mark::ToxVariable, "{posargs} {env:A:b}", &["A"]),
            (Mark::Column, "<a> <b c> a<b && c>d", &["a", "c"]),
            (Mark::Sigil, "$a $1 pa$$b", &["a", "b"]),
            (Mark::Capitals, "$ABC x$ABC $ab $ABC1. $ABCd", &["ABC", "ABC1"]),
            (Mark::People, "<your name> 2>&1 <file >out a <in 2>err", &["your_name"]),
            (Mark::PeopleTwice, "-u <<user>> cat <<EOF>>file", &["user"]),
            (Mark::Lab, "@lab.User(1).Name, @lab.", &["Name"]),
        ] {
            assert_eq!(names(&punched(&Template::verbatim(text, 0), &[mark])), wanted, "{text}");
        }
    }

    #[test]
    fn a_language_puts_short_expressions_into_texts() {
        let text = Template::verbatim("{a.b} {\"k\": 1;} \\(c) {d\n}", 0);
        assert_eq!(names(&interpolated(text, &[("{", "}"), ("\\(", ")")])), ["b", "c"]);
    }

    #[test]
    fn many_marks_without_an_end_cost_no_more_than_their_number() {
        let all = [Mark::Expression, Mark::Braces, Mark::Variable, Mark::Page, Mark::Column, Mark::People];
        for open in ["${{", "{{", "${", "{", "<%", "<", "<<"] {
            let text = open.repeat(200_000);
            assert!(punched(&Template::verbatim(&text, 0), &all).holes.is_empty());
        }
    }
}
