//! The report for people: the source line, what is wrong with it, why, and what to do instead.
//!
//! A rule is explained in full where it first occurs; afterwards the report refers back to that place. Thirty times the
//! same three paragraphs would hide the thirty places.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};
use ropcop_engine::{Confidence, Finding, Place, Related, Rule, Rules, Severity};
use ropcop_syntax::Span;

use super::excerpt::Excerpt;
use super::plain::{plain, wrap};
use super::rules::{fix, meaning};
use super::{Report, Reported};
use crate::error::Error;
use crate::sanitize::sanitize;
use crate::terminal::Look;

/// Writes all findings. The summary is not part of it.
pub(crate) fn render(report: &Report, rules: &Rules, look: &Look) -> Result<String, Error> {
    let mut writer =
        PrettyWriter { report, look, handler: handler(look), told: BTreeMap::new(), when: BTreeSet::new() };
    let mut out = String::new();
    for reported in &report.findings {
        writer.finding(&mut out, reported, rules.get(&reported.finding.rule));
        out.push('\n');
    }
    Ok(out)
}

/// How miette draws here. Wrapping is ours, so that commands in a text are never broken.
pub(crate) fn handler(look: &Look) -> GraphicalReportHandler {
    let styles = if look.colour { ThemeStyles::ansi() } else { ThemeStyles::none() };
    GraphicalReportHandler::new_themed(GraphicalTheme { characters: ThemeCharacters::unicode(), styles })
        .with_urls(false)
        .with_width(look.width)
        .with_wrap_lines(false)
        .without_primary_span_start()
        .without_syntax_highlighting()
        .with_context_lines(0)
}

struct PrettyWriter<'a> {
    report: &'a Report,
    look: &'a Look,
    handler: GraphicalReportHandler,
    /// Which rules were explained, and which ways out, with the place where that was done.
    told: BTreeMap<(String, Option<Place>), String>,
    /// For which rules was said when what they find breaks; that may differ from place to place.
    when: BTreeSet<(String, &'static str, bool)>,
}

impl PrettyWriter<'_> {
    fn finding(&mut self, out: &mut String, reported: &Reported, rule: Option<&Rule>) {
        let finding = &reported.finding;
        let place = self.place(&finding.path, finding.span);
        let message = wrap(&sanitize(&finding.message), self.look.width.saturating_sub(6), "");
        let shown = Shown {
            code: code(finding),
            message,
            severity: severity(finding.severity),
            excerpt: self.excerpt(&place, finding),
        };
        // Writing to a string does not fail; a label that miette cannot place would, and then the message alone is shown.
        if self.handler.render_report(out, &shown).is_err() {
            out.push_str(&format!("{}: {}\n", place, shown.message));
        }
        for related in &finding.related {
            self.also(out, related);
        }
        if let Some(rule) = rule {
            self.advice(out, rule, finding, &place);
        }
    }

    /// When it breaks, why, and what to do; or where that was said before.
    fn advice(&mut self, out: &mut String, rule: &Rule, finding: &Finding, place: &str) {
        let (id, host) = (rule.id.to_string(), finding.place);
        let first = !self.told.contains_key(&(id.clone(), None));
        let open = rule.file.any_service && finding.target.is_none();
        if self.when.insert((id.clone(), finding.impact.name(), open)) {
            self.paragraph(out, "when", meaning(finding.impact, open));
        }
        if first {
            self.paragraph(out, "why", &plain(&rule.file.why));
        }
        let fix = fix(&rule.file, host);
        // Hosts without a text of their own share the general one.
        let key = (id.clone(), fix.host.map(|_| host));
        let parts = [fix.general.filter(|_| first), fix.host.filter(|_| !self.told.contains_key(&key))];
        let parts: Vec<String> = parts.into_iter().flatten().map(plain).collect();
        if parts.is_empty() {
            let earlier = self.told.get(&key).map_or("", String::as_str);
            self.paragraph(out, "fix", &format!("as above at {earlier}, or see `ropcop explain {id}`"));
        } else {
            self.paragraph(out, "fix", &parts.join("\n\n"));
            self.told.entry(key).or_insert_with(|| place.to_owned());
        }
        self.told.entry((id, None)).or_insert_with(|| place.to_owned());
        if let Some(link) = rule.file.links.first().filter(|_| first) {
            self.paragraph(out, "see", link);
        }
    }

    /// Another place that belongs to the finding, in words: frames within frames are hard to read, and not at all for a
    /// screen reader.
    fn also(&self, out: &mut String, related: &Related) {
        let place = self.place(&related.path, related.span);
        let mut text = format!("{place}: {}", sanitize(&related.label));
        if let Some(document) = self.report.document(&related.path) {
            let span = related.span.start..related.span.end;
            let width = self.look.width.saturating_sub(8);
            let shown = Excerpt::new(place, document, span, width).text;
            text.push_str(&format!("\n    {}", shown.lines().next().unwrap_or_default().trim()));
        }
        self.paragraph(out, "also", &text);
    }

    fn paragraph(&self, out: &mut String, label: &str, text: &str) {
        let wrapped = wrap(text, self.look.width.min(100), "       ");
        let head = format!("{label:>5}: ");
        let head = if self.look.colour { format!("{}{head}{:#}", HEAD, HEAD) } else { head };
        // Code begins on a line of its own, or its first line would stand apart from the rest.
        let is_code = text.starts_with("    ");
        let wrapped = if is_code { format!("\n{wrapped}") } else { wrapped.trim_start().to_owned() };
        out.push_str(if is_code { head.trim_end() } else { &head });
        out.push_str(&wrapped);
        out.push('\n');
    }

    fn excerpt(&self, place: &str, finding: &Finding) -> Option<Excerpt> {
        let document = self.report.document(&finding.path)?;
        let (start, end) = self.report.positions(&finding.path, finding.span);
        // The frame: a space, the number of the line, three columns, and five for the bracket of several lines.
        let frame = end.line.to_string().len() + 4 + if start.line == end.line { 0 } else { 5 };
        let span = finding.span.start..finding.span.end;
        let width = self.look.width.saturating_sub(frame);
        Some(Excerpt::new(place.to_owned(), document, span, width))
    }

    fn place(&self, path: &str, span: Span) -> String {
        let (start, _) = self.report.positions(path, span);
        format!("{}:{}:{}", sanitize(path), start.line, start.column)
    }
}

const HEAD: anstyle::Style = anstyle::AnsiColor::Cyan.on_default();

/// Severity and rule; how sure it is only where that is not the usual.
fn code(finding: &Finding) -> String {
    let sure = match finding.confidence {
        Confidence::High => String::new(),
        other => format!(" ({} confidence)", other.name()),
    };
    format!("{}[{}]{sure}", finding.severity.name(), finding.rule)
}

fn severity(severity: Severity) -> miette::Severity {
    match severity {
        Severity::Note => miette::Severity::Advice,
        Severity::Warning => miette::Severity::Warning,
        Severity::Error => miette::Severity::Error,
    }
}

/// A finding as miette wants it.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) severity: miette::Severity,
    pub(crate) excerpt: Option<Excerpt>,
}

impl Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let mark = self.excerpt.as_ref()?.mark.clone();
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(None, (mark.start, mark.len())))))
    }
}
