//! A mistake in a rule file, drawn inside the rule file.

use ropcop_engine::RuleError;
use ropcop_syntax::Span;

use super::excerpt::Excerpt;
use super::plain::wrap;
use super::pretty::{Shown, handler};
use crate::decode::Encoding;
use crate::document::Document;
use crate::sanitize::sanitize;
use crate::terminal::Look;

/// Draws the mistakes, one below the other.
pub(crate) fn render(errors: &[RuleError], look: &Look) -> String {
    let mut out = String::new();
    for error in errors {
        let mut document = Document::new(error.text.as_str().into(), Encoding::Utf8);
        let neighbours = document.neighbours(Span::new(error.span.start, error.span.end), |_| true);
        document.hide(neighbours);
        let start = document.position(error.span.start);
        let place = format!("{}:{}:{}", sanitize(&error.path), start.line, start.column);
        // A mistake without a place is about the file as a whole.
        let has_place = !error.span.is_empty();
        let frame = start.line.to_string().len() + 9;
        let width = look.width.saturating_sub(frame);
        let excerpt = has_place.then(|| Excerpt::new(place, &document, error.span.clone(), width));
        let message = error.message.lines().map(|line| sanitize(line).into_owned()).collect::<Vec<_>>().join("\n");
        let shown = Shown {
            code: format!("mistake in rule file {}", sanitize(&error.path)),
            message: wrap(&message, look.width.saturating_sub(6), ""),
            severity: miette::Severity::Error,
            excerpt,
        };
        if handler(look).render_report(&mut out, &shown).is_err() {
            out.push_str(&format!("{}: {}\n", shown.code, shown.message));
        }
        if let Some(help) = &error.help {
            out.push_str(&format!(" help: {}\n", wrap(&sanitize(help), look.width, "       ").trim_start()));
        }
        out.push('\n');
    }
    out
}
