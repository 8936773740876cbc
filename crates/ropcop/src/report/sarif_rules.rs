//! The rules in a SARIF report: what GitHub shows beside an alert, and how it sorts alerts.

use std::collections::{BTreeMap, BTreeSet};

use ropcop_engine::{Rule, Rules, Severity};
use serde_json::{Value, json};
use serde_sarif::sarif::{
    MultiformatMessageString, PropertyBag, ReportingConfiguration, ReportingDescriptor, ReportingDescriptorReference,
    ReportingDescriptorRelationship, ToolComponent, ToolComponentReference,
};

use super::plain::{first_sentence, plain};
use super::{cwe, rules};
use crate::notice::NoticeKind;

/// The description of a rule.
pub(crate) fn descriptor(rule: &Rule) -> ReportingDescriptor {
    let file = &rule.file;
    let level = ReportingConfiguration::builder().level(json!(file.severity.name())).enabled(file.default).build();
    let relationships: Vec<_> = file.cwe.iter().map(|number| weakness(*number)).collect();
    let mut descriptor = ReportingDescriptor::builder()
        .id(&*rule.id)
        .name(pascal_case(&rule.id))
        .short_description(message(sentence(&file.summary)))
        .full_description(message(plain(first_sentence(&file.why))))
        .help(help(rule))
        .default_configuration(level)
        .properties(properties(rule))
        .build();
    descriptor.help_uri = file.links.first().cloned();
    descriptor.relationships = (!relationships.is_empty()).then_some(relationships);
    descriptor
}

/// Why and what to do, as text and as Markdown.
fn help(rule: &Rule) -> MultiformatMessageString {
    let file = &rule.file;
    let mut markdown = format!("{}\n\n## What to use instead\n\n{}\n", file.why.trim(), file.fix.trim());
    for (place, text) in &file.fix_in {
        markdown.push_str(&format!("\n### In {}\n\n{}\n", rules::host(*place), text.trim()));
    }
    if !file.links.is_empty() {
        markdown.push_str("\n## Read more\n\n");
        markdown.extend(file.links.iter().map(|link| format!("- <{link}>\n")));
    }
    let text = plain(&format!("{}\n\n{}", file.why.trim(), file.fix.trim()));
    MultiformatMessageString::builder().text(text).markdown(markdown).build()
}

/// What GitHub reads: tags, how often the rule is right, and how bad a finding is.
fn properties(rule: &Rule) -> PropertyBag {
    let file = &rule.file;
    let mut tags = vec!["security".to_owned()];
    tags.extend(file.cwe.iter().map(|number| format!("external/cwe/cwe-{number:03}")));
    // A rule that goes by names alone is sometimes wrong; one that also knows full paths or commands is mostly right.
    let (problem, score) = match file.severity {
        Severity::Error => ("error", "7.5"),
        Severity::Warning => ("warning", "5.5"),
        Severity::Note => ("recommendation", "3.0"),
    };
    let more: BTreeMap<String, Value> = [
        ("precision", if rule.goes_by_names() { "medium" } else { "high" }),
        ("problem.severity", problem),
        ("security-severity", score),
        ("impact", file.impact.name()),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), json!(value)))
    .collect();
    PropertyBag::builder().tags(tags).additional_properties(more).build()
}

fn weakness(number: u32) -> ReportingDescriptorRelationship {
    let component = ToolComponentReference::builder().name("CWE").index(0).build();
    let target = ReportingDescriptorReference::builder().id(number.to_string()).tool_component(component).build();
    ReportingDescriptorRelationship::builder().target(target).kinds(vec!["relevant".to_owned()]).build()
}

/// The weaknesses that the rules name, as a taxonomy; none if they name none.
pub(crate) fn taxonomy(rules: &Rules) -> Option<ToolComponent> {
    let numbers: BTreeSet<u32> = rules.rules.iter().flat_map(|rule| rule.file.cwe.iter().copied()).collect();
    let taxon = |number: &u32| {
        ReportingDescriptor::builder()
            .id(number.to_string())
            .short_description(message(sentence(cwe::name(*number))))
            .help_uri(cwe::url(*number))
            .build()
    };
    let taxa: Vec<_> = numbers.iter().map(taxon).collect();
    (!taxa.is_empty()).then(|| {
        ToolComponent::builder()
            .name("CWE")
            .organization("MITRE")
            .information_uri("https://cwe.mitre.org/")
            .is_comprehensive(false)
            .short_description(message("Common Weakness Enumeration."))
            .taxa(taxa)
            .build()
    })
}

/// The kinds of notices that a report holds, as SARIF wants them described.
pub(crate) fn notifications(kinds: &[NoticeKind]) -> Vec<ReportingDescriptor> {
    let descriptor = |kind: &NoticeKind| {
        let level = ReportingConfiguration::builder().level(json!(kind.level().name())).build();
        ReportingDescriptor::builder()
            .id(kind.name())
            .name(format!("Notice{}", pascal_case(kind.name())))
            .short_description(message(kind.meaning()))
            .full_description(message(kind.meaning()))
            .help(message(format!("{} `ropcop scan --help` says what is read.", kind.meaning())))
            .default_configuration(level)
            .build()
    };
    kinds.iter().map(descriptor).collect()
}

fn message(text: impl Into<String>) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text.into()).build()
}

/// `text` with a full stop, which SARIF asks for.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

/// `some-rule` as `SomeRule`. SARIF wants a name that differs from the id.
fn pascal_case(id: &str) -> String {
    let upper = |part: &str| {
        let mut chars = part.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    };
    let name: String = id.split(['-', '_']).map(upper).collect();
    if name == id { format!("{name}Rule") } else { name }
}
