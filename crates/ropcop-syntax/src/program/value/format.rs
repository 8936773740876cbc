//! Texts whose holes are filled by a format: `"%s" % x`, `"{}".format(x)`.

use crate::Span;
use crate::program::module::Argument;
use crate::text::template::{HOLE, Template};

use super::Evaluator;

impl Evaluator<'_, '_> {
    /// Fills the `%s` and `{}` of a text with the arguments: with their texts where these are known, else with holes that
    /// have their names.
    pub(super) fn format(&self, template: &Template, args: &[Argument], depth: usize, out: &mut Template) {
        let mut next = 0;
        let text = &template.text.text;
        let mut at = 0;
        while let Some(character) = text[at..].chars().next() {
            let place = template.text.host(at);
            if let Some((length, key)) = placeholder(&text[at..]) {
                let arg = match key.parse::<usize>() {
                    Ok(index) => args.get(index),
                    Err(_) if !key.is_empty() => args.iter().find(|arg| arg.name.as_ref() == Some(&key)),
                    Err(_) => {
                        next += 1;
                        args.get(next - 1)
                    }
                };
                at += length;
                let end = template.text.host(at);
                match arg {
                    Some(arg) => self.fill(arg.value, Span::new(place, end), depth, out),
                    None => out.push_hole(
                        Some(key).filter(|key| !key.is_empty() && !key.starts_with(|c: char| c.is_ascii_digit())),
                        place,
                    ),
                }
                out.text.seek(end);
                continue;
            }
            let index = (character as usize).checked_sub(HOLE as usize).filter(|index| *index < template.holes.len());
            match index {
                Some(index) => out.push_hole(template.holes[index].clone(), place),
                None => out.text.push(character.encode_utf8(&mut [0; 4]), place),
            }
            at += character.len_utf8();
        }
    }
}

/// A format hole at the start of a text: its length in bytes and its name or number, empty for the next in order.
pub(crate) fn placeholder(text: &str) -> Option<(usize, String)> {
    if let Some(rest) = text.strip_prefix('%') {
        if let Some(inner) = rest.strip_prefix('(') {
            let (name, after) = inner.split_once(')')?;
            return after.starts_with(['s', 'd', 'r']).then(|| (name.len() + 4, name.to_owned()));
        }
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || "+-#.[]$".contains(c)).len();
        return rest[digits..].starts_with(['s', 'd', 'v', 'q', 'r', 'i']).then(|| (digits + 2, String::new()));
    }
    let (name, _) = text.strip_prefix('{')?.split_once('}')?;
    let bare = name.split([':', '!', ',']).next().unwrap_or_default();
    let is_name = bare.chars().all(|c| c.is_alphanumeric() || "_.[]".contains(c));
    is_name.then(|| (name.len() + 2, bare.to_owned()))
}
