//! Texts with all that may fill their holes.

use std::rc::Rc;

use super::{MOST_WAYS, WayPiece, Ways};
use crate::program::module::{Argument, Expr, ExprId, TextPart};
use crate::program::value::format::placeholder;
use crate::record::address;
use crate::{Part, Step, Value};

/// A text with more holes is not filled.
const MOST_HOLES: usize = 12;

/// A stretch of a text.
enum TextStretch {
    Known(String),
    /// What an expression gives.
    Of(ExprId),
    /// Whatever else: the name of what fills it.
    Named(String),
}

impl Ways<'_, '_> {
    pub(super) fn text(&self, id: ExprId) -> Vec<WayPiece> {
        let stretches = self.stretches(id);
        let holes = stretches.iter().filter(|stretch| matches!(stretch, TextStretch::Of(_))).count();
        if holes > MOST_HOLES || holes == 0 {
            return vec![WayPiece::known(self.evaluator.short_value(id))];
        }
        let mut texts: Vec<Vec<Part>> = vec![Vec::new()];
        let mut steps = Vec::new();
        for stretch in stretches {
            let options = match stretch {
                TextStretch::Known(text) => vec![vec![Part::Text(text)]],
                TextStretch::Named(name) => vec![vec![Part::Variable(name)]],
                TextStretch::Of(id) => self.filling(id, &mut steps),
            };
            let longer = texts.iter().flat_map(|text| {
                options.iter().map(|option| text.iter().chain(option).cloned().collect::<Vec<Part>>())
            });
            texts = longer.take(MOST_WAYS).collect();
        }
        let piece = |parts| WayPiece { steps: steps.clone(), ..WayPiece::known(Value::of_parts(joined(parts))) };
        texts.into_iter().map(piece).collect()
    }

    fn stretches(&self, id: ExprId) -> Vec<TextStretch> {
        match self.expr(id) {
            Expr::Text(parts) => {
                let stretch = |part: &TextPart| match part {
                    TextPart::Known(known) => TextStretch::Known(known.text.clone()),
                    TextPart::Hole { value, .. } => TextStretch::Of(*value),
                };
                parts.iter().map(stretch).collect()
            }
            Expr::Concat(parts) => parts.iter().map(|part| TextStretch::Of(*part)).collect(),
            Expr::Format { template, args } => match self.evaluator.text(*template) {
                Some(text) => formatted(&text, args),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// What may fill a hole; how that is made is added to `steps`.
    fn filling(&self, id: ExprId, steps: &mut Vec<Rc<Step>>) -> Vec<Vec<Part>> {
        let mut parts = |piece: WayPiece| {
            // `new Uri("…")` and the like show as the text that they are made of.
            let made_of = piece.steps.last().and_then(|step| step.args.first()).map(|arg| arg.value.clone());
            let made_of = made_of.filter(address::is_written);
            steps.extend(piece.steps);
            match (&*piece.value, made_of) {
                (Value::Text(parts), _) => parts.clone(),
                (_, Some(Value::Text(parts))) => parts,
                (Value::Number(number), _) => vec![Part::Text(number.clone())],
                (value, _) => vec![address::name(value).map_or(Part::Unknown, |name| Part::Variable(name.to_owned()))],
            }
        };
        let pieces = self.pieces(id);
        pieces.into_iter().map(&mut parts).collect()
    }
}

/// The stretches of a text that is a format.
fn formatted(text: &str, args: &[Argument]) -> Vec<TextStretch> {
    let (mut found, mut known, mut next, mut at) = (Vec::new(), String::new(), 0, 0);
    while let Some(character) = text[at..].chars().next() {
        let Some((length, key)) = placeholder(&text[at..]) else {
            known.push(character);
            at += character.len_utf8();
            continue;
        };
        at += length;
        found.push(TextStretch::Known(std::mem::take(&mut known)));
        let arg = match key.parse::<usize>() {
            Ok(index) => args.get(index),
            Err(_) if key.is_empty() => {
                next += 1;
                args.get(next - 1)
            }
            Err(_) => args.iter().find(|arg| arg.name.as_ref() == Some(&key)),
        };
        found.push(match arg {
            Some(arg) => TextStretch::Of(arg.value),
            None => TextStretch::Named(key),
        });
    }
    found.push(TextStretch::Known(known));
    found
}

/// Texts that follow each other are one.
fn joined(parts: Vec<Part>) -> Vec<Part> {
    let mut found: Vec<Part> = Vec::new();
    for part in parts {
        match (found.last_mut(), part) {
            (_, Part::Text(text)) if text.is_empty() => {}
            (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
            (_, part) => found.push(part),
        }
    }
    found
}
