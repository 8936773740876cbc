//! In which kind of place a finding stands.

use ropcop_syntax::{Host, Language, Span};

use crate::{FileFacts, Place};

/// The place of a finding: what runs the file, else what it is written in; and where that says nothing of its own about a
/// step, the language of the step.
pub(crate) fn of(file: &FileFacts, span: Span) -> Place {
    let around = file.facts.host.map_or_else(|| by_language(file.language), by_host);
    match (around, guest(file, span)) {
        (Place::Jenkins | Place::Pipeline | Place::Shell, Some("powershell")) => Place::Powershell,
        (Place::Jenkins | Place::Pipeline | Place::Shell, Some("batch")) => Place::Batch,
        _ => around,
    }
}

/// The language of the smallest piece of code around a finding.
fn guest(file: &FileFacts, span: Span) -> Option<&'static str> {
    let around = file.facts.guests.iter().filter(|guest| guest.span.contains(span));
    around.min_by_key(|guest| guest.span.end - guest.span.start).map(|guest| guest.language)
}

fn by_host(host: Host) -> Place {
    match host {
        Host::GitHubActions => Place::GithubActions,
        Host::AzurePipelines => Place::AzurePipelines,
        Host::GitLab => Place::Gitlab,
        Host::CircleCi => Place::Circleci,
        Host::Pipeline => Place::Pipeline,
        Host::Container => Place::Container,
        Host::DevContainer => Place::DevContainer,
        Host::Infrastructure => Place::Infrastructure,
        Host::Configuration => Place::Configuration,
        Host::Tasks => Place::Shell,
    }
}

fn by_language(language: Language) -> Place {
    match language {
        Language::Python => Place::Python,
        Language::JavaScript | Language::TypeScript | Language::Tsx | Language::Component => Place::Javascript,
        Language::CSharp | Language::MsBuild => Place::Csharp,
        Language::Go => Place::Go,
        Language::Java | Language::Kotlin | Language::Scala | Language::Properties => Place::Java,
        Language::Shell | Language::Make | Language::Just | Language::Ini | Language::Vagrantfile => Place::Shell,
        Language::Yaml | Language::Json | Language::Toml | Language::Xml | Language::Http => Place::Shell,
        Language::Dotenv | Language::Requirements | Language::Plain | Language::Lua => Place::Shell,
        Language::PowerShell => Place::Powershell,
        Language::Batch => Place::Batch,
        Language::Groovy => Place::Jenkins,
        Language::Containerfile => Place::Dockerfile,
        Language::Hcl | Language::Bicep => Place::Infrastructure,
        Language::Notebook => Place::Notebook,
        Language::Markdown | Language::AsciiDoc | Language::ReStructuredText => Place::Document,
    }
}
