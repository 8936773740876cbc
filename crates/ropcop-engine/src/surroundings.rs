//! What stands around a finding: for which service the token is, and in which cloud.

use std::sync::Arc;

use ropcop_syntax::Span;

use crate::matcher::FileText;
use crate::{CloudFile, Finding, Impact, Severity, Target, TargetFile};

/// Targets and clouds, by what speaks of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Surroundings {
    targets: Vec<(Target, TargetFile)>,
    clouds: Vec<(Arc<str>, CloudFile)>,
}

/// What stands around a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    /// For what the token is, and what that means for the sign-in.
    target: Option<(Target, Option<Impact>)>,
    /// Number of the cloud.
    cloud: Option<usize>,
}

/// What goes with a sign-in, in lower case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Aim {
    /// The values that it is given, and those on the way of its client.
    pub(crate) values: String,
    /// The full names of all that stands on its way: what made the client, and what receives what it gives.
    pub(crate) names: String,
}

impl Surroundings {
    pub(crate) fn add_target(&mut self, target: Target, file: TargetFile) {
        let [texts, scopes, clients] = [&file.texts, &file.scopes, &file.clients].map(|texts| lower(texts));
        let file = TargetFile { texts, scopes, clients, ..file };
        self.targets.retain(|(known, _)| *known != target);
        self.targets.push((target, file));
    }

    pub(crate) fn add_cloud(&mut self, name: Arc<str>, file: CloudFile) {
        let file = CloudFile { texts: lower(&file.texts), unless: lower(&file.unless), ..file };
        self.clouds.retain(|(known, _)| *known != name);
        self.clouds.push((name, file));
    }

    /// What stands in a statement and its function or, for a command, in the whole script.
    pub(crate) fn of(&self, text: &FileText<'_>, statement: Span, scope: Span) -> Around {
        let target = [statement, scope].into_iter().find_map(|span| self.target(&text.stretch(span)));
        let cloud = [statement, scope].into_iter().find_map(|span| self.cloud(&text.stretch(span)));
        Around { target: target.map(|(target, file)| (target, file.impact)), cloud }
    }

    /// The service that is told by what goes with a sign-in.
    fn of_aim(&self, aim: &Aim) -> Option<(Target, Option<Impact>)> {
        let words = || aim.values.split(|c: char| !(c.is_alphanumeric() || "._-".contains(c)));
        let receives = |file: &TargetFile| file.clients.iter().any(|client| aim.names.contains(client.as_str()));
        let is_asked = |file: &TargetFile| {
            file.texts.iter().any(|mark| aim.values.contains(mark.as_str()))
                || (!file.scopes.is_empty() && words().any(|word| file.scopes.iter().any(|scope| scope == word)))
        };
        let told = |test: &dyn Fn(&TargetFile) -> bool| {
            let found: Vec<_> = self.targets.iter().filter(|(_, file)| test(file)).collect();
            let worst = found.iter().find(|(_, file)| file.impact == Some(Impact::Blocked));
            worst.or(found.first()).map(|(target, file)| (*target, file.impact))
        };
        // A credential that a client receives is for the service of that client, whatever else is given to it.
        told(&receives).or_else(|| told(&is_asked))
    }

    /// Completes a finding by what goes with it, or else by what stands around it.
    pub(crate) fn complete(&self, finding: &mut Finding, aim: &Aim, around: Around) {
        let target = self.of_aim(aim).or(around.target);
        if let (None, Some((target, impact))) = (finding.target, target) {
            finding.target = Some(target);
            if finding.impact == Impact::AtRisk {
                finding.impact = impact.unwrap_or(finding.impact);
            }
        }
        let Some((name, cloud)) = around.cloud.and_then(|number| self.clouds.get(number)) else { return };
        finding.cloud = Some(Arc::clone(name));
        if finding.impact == Impact::Blocked {
            finding.impact = Impact::AtRisk;
            finding.severity = finding.severity.min(Severity::Note);
            let told = format!("; in {}, which does not ask every user for a second factor by itself", cloud.title);
            finding.message.push_str(&told);
            if let Some(advice) = &cloud.advice {
                finding.message.push_str("; ");
                finding.message.push_str(advice);
            }
        }
    }

    /// The number of the one cloud that a text speaks of. Where it names several they are choices, and none is known to be
    /// taken.
    fn cloud(&self, text: &str) -> Option<usize> {
        let has = |marks: &[String]| marks.iter().any(|mark| text.contains(mark));
        let mut found = self.clouds.iter().enumerate().filter(|(_, (_, cloud))| has(&cloud.texts));
        let (number, (_, cloud)) = found.next()?;
        (found.next().is_none() && !has(&cloud.unless)).then_some(number)
    }

    /// The one target that a text speaks of; where it speaks of several, the one that refuses users.
    fn target(&self, text: &str) -> Option<(Target, &TargetFile)> {
        let told = |(_, file): &&(Target, TargetFile)| file.texts.iter().any(|mark| text.contains(mark));
        let found: Vec<&(Target, TargetFile)> = self.targets.iter().filter(told).collect();
        let worst = found.iter().find(|(_, file)| file.impact == Some(Impact::Blocked));
        match (&found[..], worst) {
            (_, Some((target, file))) | ([(target, file)], None) => Some((*target, file)),
            _ => None,
        }
    }
}

fn lower(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| text.to_lowercase()).collect()
}
