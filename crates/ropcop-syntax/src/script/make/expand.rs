//! What becomes of a text of a makefile before anybody runs it.

use std::ops::Range;

use crate::text::template::Template;

use super::Makefile;
use super::reference::{self, Brackets, DollarReference};

/// Variables in variables are followed so far.
const DEEPEST: usize = 8;
/// Functions whose result is nothing, but a message.
const MESSAGES: &[&str] = &["info", "warning", "error"];

/// What a text is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A recipe: the shell sees line ends that are escaped.
    Recipe,
    /// The value of a variable, the arguments of a function.
    Value,
    /// `define`: several lines, each maybe a line of a recipe.
    Body,
}

/// A text that is being put together.
struct MakeExpansion<'p> {
    role: Role,
    out: Template,
    /// What `$(1)`, `$(2)` are.
    parameters: &'p [Template],
    depth: usize,
}

impl Makefile<'_> {
    /// A line of a recipe as the shell gets it.
    pub(super) fn command(&self, range: Range<usize>) -> Template {
        let start = range.start + flags(&self.text[range.clone()]);
        let code = self.expand(start..range.end, Role::Recipe, &[], DEEPEST);
        // `$(Q)` may have been the `@`.
        let flags = flags(&code.text.text);
        let text = code.text.slice(flags..code.text.text.len());
        Template { text, holes: code.holes }
    }

    /// The value of a variable.
    pub(super) fn value(&self, range: Range<usize>) -> Template {
        self.expand(range, Role::Value, &[], DEEPEST)
    }

    /// What stands between `define` and `endef`.
    pub(super) fn body(&self, range: Range<usize>) -> Template {
        self.expand(range, Role::Body, &[], DEEPEST)
    }

    fn expand(&self, range: Range<usize>, role: Role, parameters: &[Template], depth: usize) -> Template {
        let brackets = Brackets::of(self.text, range.clone());
        self.expand_with(range, role, parameters, depth, &brackets)
    }

    fn expand_with(
        &self,
        range: Range<usize>,
        role: Role,
        parameters: &[Template],
        depth: usize,
        brackets: &Brackets,
    ) -> Template {
        let mut expansion = MakeExpansion { role, out: Template::default(), parameters, depth };
        let mut at = range.start;
        let mut plain = at;
        if role == Role::Body {
            at += flags(&self.text[range.clone()]);
            plain = at;
        }
        while let Some(offset) = self.text[at..range.end].find(['$', '\n']) {
            let sign = at + offset;
            at = sign + 1;
            if self.text[sign..].starts_with('\n') {
                at += self.line_end(sign, range.end, plain, &mut expansion);
                plain = at;
                continue;
            }
            let Some((reference, end)) = reference::read(self.text, sign, range.end, brackets) else { continue };
            expansion.out.text.push(&self.text[plain..sign], plain);
            self.put(reference, sign..end, &mut expansion, brackets);
            expansion.out.text.seek(end);
            (at, plain) = (end, end);
        }
        expansion.out.text.push(self.text.get(plain..range.end).unwrap_or_default(), plain);
        expansion.out.text.seek(range.end);
        expansion.out
    }

    /// Appends the line up to its end at `sign`; the bytes of the next line that do not count.
    fn line_end(&self, sign: usize, end: usize, plain: usize, expansion: &mut MakeExpansion<'_>) -> usize {
        let line = &self.text[plain..sign];
        let rest = &self.text[sign + 1..end];
        match expansion.role {
            Role::Value => {
                let kept = line.trim_end_matches('\r');
                let kept = kept.strip_suffix('\\').unwrap_or(kept).trim_end();
                expansion.out.text.push(kept, plain);
                expansion.out.text.push(" ", plain + kept.len());
                rest.len() - rest.trim_start_matches([' ', '\t']).len()
            }
            Role::Recipe => {
                expansion.out.text.push(&self.text[plain..=sign], plain);
                usize::from(rest.starts_with('\t'))
            }
            Role::Body => {
                expansion.out.text.push(&self.text[plain..=sign], plain);
                if line.ends_with('\\') { 0 } else { flags(rest) }
            }
        }
    }

    /// Appends what a reference stands for.
    fn put(
        &self,
        reference: DollarReference<'_>,
        place: Range<usize>,
        expansion: &mut MakeExpansion<'_>,
        brackets: &Brackets,
    ) {
        let parameters = expansion.parameters;
        let depth = expansion.depth.saturating_sub(1);
        match reference {
            DollarReference::Dollar => expansion.out.text.push("$", place.start),
            DollarReference::Name(name) => self.put_variable(name, place, expansion),
            DollarReference::Changed(name) => expansion.out.push_hole(Some(name.to_owned()), place.start),
            DollarReference::Unknown(_) => expansion.out.push_hole(None, place.start),
            DollarReference::Function(name, _) if MESSAGES.contains(&name) => {}
            DollarReference::Function(_, _) if depth == 0 => expansion.out.push_hole(None, place.start),
            DollarReference::Function("call", arguments) => self.put_call(arguments, place, expansion, brackets),
            DollarReference::Function(name, arguments) => {
                let inner = self.expand_with(arguments, Role::Value, parameters, depth, brackets);
                if name == "shell" {
                    self.shells.borrow_mut().push(inner);
                }
                expansion.out.push_hole(None, place.start);
            }
        }
    }

    fn put_variable(&self, name: &str, place: Range<usize>, expansion: &mut MakeExpansion<'_>) {
        if let Some(parameter) = name.parse::<usize>().ok().and_then(|n| expansion.parameters.get(n.checked_sub(1)?)) {
            return put_at(parameter, place, &mut expansion.out);
        }
        let begins = begins_command(&expansion.out.text.text);
        // `$(Q)command`: what is glued to the front of a program is nothing or `@`.
        let glued = self.text[place.end..].starts_with(|c: char| c.is_alphanumeric());
        if begins && glued && expansion.role != Role::Value {
            return;
        }
        let value = self.variables.get(name).filter(|value| expansion.depth > 0 && (begins || !value.default));
        if let Some(value) = value.filter(|value| self.affords(value.range.len())) {
            let shells = self.shells.borrow().len();
            let inner = self.expand(value.range.clone(), Role::Value, &[], expansion.depth - 1);
            // They were seen where the variable is set.
            self.shells.borrow_mut().truncate(shells);
            if inner.text.text.chars().any(|c| inner.hole(c).is_none()) {
                return put_at(&inner, place, &mut expansion.out);
            }
        }
        expansion.out.push_hole(Some(name.to_owned()), place.start);
    }

    /// `$(call NAME,argument,…)`.
    fn put_call(
        &self,
        arguments: Range<usize>,
        place: Range<usize>,
        expansion: &mut MakeExpansion<'_>,
        brackets: &Brackets,
    ) {
        let depth = expansion.depth - 1;
        let mut parts = Vec::new();
        let mut nesting = 0_usize;
        let mut from = arguments.start;
        for (index, c) in self.text[arguments.clone()].char_indices() {
            match c {
                '(' | '{' => nesting += 1,
                ')' | '}' => nesting = nesting.saturating_sub(1),
                ',' if nesting == 0 => {
                    parts.push(from..arguments.start + index);
                    from = arguments.start + index + 1;
                }
                _ => {}
            }
        }
        parts.push(from..arguments.end);
        let name = self.text[parts[0].clone()].trim();
        let values: Vec<Template> = parts[1..]
            .iter()
            .map(|part| self.expand_with(part.clone(), Role::Value, expansion.parameters, depth, brackets))
            .collect();
        if let Some(value) = self.variables.get(name).filter(|value| self.affords(value.range.len())) {
            let inner = self.expand(value.range.clone(), Role::Value, &values, depth);
            return put_at(&inner, place, &mut expansion.out);
        }
        expansion.out.push_hole(None, place.start);
    }

    /// Whether a value of this length may still be put in.
    fn affords(&self, length: usize) -> bool {
        let left = self.left.get().checked_sub(length + 1);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }
}

/// Appends a text that stands for a reference: it is shown where the reference is.
fn put_at(inner: &Template, place: Range<usize>, out: &mut Template) {
    let mut at = place.start;
    for c in inner.text.text.chars() {
        match inner.hole(c) {
            Some(name) => out.push_hole(name.clone(), at),
            None => out.text.push(c.encode_utf8(&mut [0; 4]), at),
        }
        at = place.end.saturating_sub(c.len_utf8()).max(place.start);
    }
}

/// Whether a command begins behind this text.
fn begins_command(text: &str) -> bool {
    let before = text.trim_end_matches([' ', '\t']).trim_end_matches(['@', '-', '+']);
    let before = before.trim_end();
    before.is_empty() || before.ends_with([';', '|', '&', '(', '`']) || before.ends_with("\\\n")
}

/// The length of what make takes away before a command: blanks, `@`, `-`, `+`.
fn flags(text: &str) -> usize {
    text.len() - text.trim_start_matches(['@', '-', '+', ' ', '\t']).len()
}
