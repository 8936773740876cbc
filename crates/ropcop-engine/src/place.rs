//! In which kind of place a finding stands.

use ropcop_syntax::{Host, Language};

use crate::Place;

/// The place of a file: what runs it, else what it is written in.
pub(crate) fn of(language: Language, host: Option<Host>) -> Place {
    host.map_or_else(|| by_language(language), by_host)
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
