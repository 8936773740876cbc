//! YAML and JSON files: what they mean depends on who reads them.
//!
//! Each reader knows one host: by what it recognises its files, and which text in them is code of which language.

mod ansible;
mod arm;
mod azure_pipelines;
mod circleci;
mod cloud_init;
mod cloudformation;
mod collect;
mod compose;
mod devcontainer;
mod environment;
mod field;
mod generic;
mod github_actions;
mod gitlab;
mod habits;
pub(crate) mod infrastructure;
mod kubernetes;
mod mapping;
mod named;
mod pipeline;
mod program;
mod pulumi;
mod recording;
mod salt;
mod scope;
mod semaphore;
mod startup;
mod tasks;
mod versions;
mod walk;

use std::rc::Rc;

use crate::document::{Node, Unread, json, yaml};
use crate::guest::Reading;
use crate::{Facts, Host, Source};

use collect::Collector;
use habits::Habits;

/// One document of a file.
struct Document<'d> {
    /// The path of the file, which may be shortened.
    path: &'d str,
    root: &'d Rc<Node>,
}

/// Who reads a document.
struct HostReader {
    host: Host,
    /// Whether the document is for this host.
    recognises: fn(&Document<'_>) -> bool,
    /// Collects the facts of a document that is.
    read: fn(&Document<'_>, &mut Collector<'_>),
}

/// The first that recognises a document reads it: those whose files have unmistakable keys come first.
const READERS: &[HostReader] = &[
    reader(Host::GitHubActions, github_actions::recognises, github_actions::read),
    reader(Host::Pipeline, pipeline::is_tekton, pipeline::read_tekton),
    reader(Host::Pipeline, pipeline::is_argo, pipeline::read_argo),
    reader(Host::Tasks, tasks::is_package, tasks::read_package),
    reader(Host::Tasks, tasks::is_pre_commit, tasks::read_pre_commit),
    reader(Host::Tasks, tasks::is_taskfile, tasks::read_taskfile),
    reader(Host::Pipeline, pipeline::is_concourse, pipeline::read_concourse),
    reader(Host::Pipeline, pipeline::is_cloud_build, pipeline::read_cloud_build),
    reader(Host::Pipeline, semaphore::recognises, semaphore::read),
    reader(Host::CircleCi, circleci::recognises, circleci::read),
    reader(Host::AzurePipelines, azure_pipelines::recognises, azure_pipelines::read),
    reader(Host::Pipeline, pipeline::is_drone, pipeline::read_commands),
    reader(Host::Pipeline, pipeline::is_buildkite, pipeline::read_commands),
    reader(Host::Pipeline, pipeline::is_bitbucket, pipeline::read_bitbucket),
    reader(Host::Pipeline, pipeline::is_appveyor, pipeline::read_appveyor),
    reader(Host::GitLab, gitlab::recognises, gitlab::read),
    reader(Host::Pipeline, pipeline::is_travis, pipeline::read_travis),
];

const fn reader(
    host: Host,
    recognises: fn(&Document<'_>) -> bool,
    read: fn(&Document<'_>, &mut Collector<'_>),
) -> HostReader {
    HostReader { host, recognises, read }
}

/// Those who run containers and set up machines. They come last: pipelines have manifests of Kubernetes, too.
const MACHINES: &[HostReader] = &[
    reader(Host::Container, kubernetes::recognises, kubernetes::read),
    reader(Host::Container, compose::recognises, compose::read),
    reader(Host::DevContainer, devcontainer::recognises, devcontainer::read),
    reader(Host::Infrastructure, cloud_init::recognises, cloud_init::read),
    reader(Host::Infrastructure, arm::recognises, arm::read),
    reader(Host::Infrastructure, cloudformation::recognises, cloudformation::read),
    reader(Host::Infrastructure, pulumi::recognises, pulumi::read),
    reader(Host::Configuration, ansible::recognises, ansible::read),
    reader(Host::Configuration, salt::recognises, salt::read),
];

/// Reads a file of YAML.
pub(crate) fn yaml(source: &Source, reading: &Reading<'_>) -> Facts {
    facts(source, yaml::parse(&source.text), reading)
}

/// Reads a file of JSON.
pub(crate) fn json(source: &Source, reading: &Reading<'_>) -> Facts {
    facts(source, json::parse(&source.text), reading)
}

fn facts(source: &Source, (documents, unread): (Vec<Rc<Node>>, Unread), reading: &Reading<'_>) -> Facts {
    let mut collector = Collector::new(reading, source.text.len());
    let mut host = None;
    for root in &documents {
        let document = Document { path: &source.path, root };
        if let Some(reader) = READERS.iter().chain(MACHINES).find(|reader| (reader.recognises)(&document)) {
            host = host.or(Some(reader.host));
            collector.habits = Habits::of(reader.host);
            (reader.read)(&document, &mut collector);
        }
        // A document is walked three times, one after the other. The reader of a host follows its keys, and an alias may
        // lead it to a value that stands far above: only at its end is it known what is code. Records are made of all the
        // rest. A value that only looks like code is part of a record as well, so those come last. As visitors of one
        // walk, two of the three would have to keep what they see until that walk is over.
        generic::read(root, &mut collector);
        collector.marks = crate::text::placeholder::ANY;
        collector.habits = habits::UNKNOWN;
    }
    let mut facts = collector.finish();
    unread.tell(&mut facts);
    facts.host = host;
    facts.settle();
    facts
}
