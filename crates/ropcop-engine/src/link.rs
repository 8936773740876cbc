//! What one file says on behalf of others: C# namespaces that a whole project imports.

use std::collections::BTreeSet;

use ropcop_syntax::{Language, Origin, Symbol};

use crate::FileFacts;

/// Gives the C# files of each project the namespaces that its project file and its `global using`s import.
pub(crate) fn share_imports(files: &mut [FileFacts]) {
    let projects: BTreeSet<String> =
        files.iter().filter(|file| is_project(file)).map(|file| folder(&file.path).to_owned()).collect();
    let shared: Vec<(String, Vec<String>)> = files
        .iter()
        .filter(|file| !file.facts.shared_imports.is_empty())
        .map(|file| (project_of(&file.path, &projects), file.facts.shared_imports.clone()))
        .collect();
    if shared.is_empty() {
        return;
    }
    for file in files.iter_mut().filter(|file| file.language == Language::CSharp) {
        let mine = shared.iter().filter(|(folder, _)| holds(folder, &file.path));
        let names: BTreeSet<String> = mine.flat_map(|(_, names)| names.iter().cloned()).collect();
        for call in &mut file.facts.calls {
            let open: Vec<String> =
                call.symbols.iter().filter(|s| s.origin == Origin::Unknown).map(|s| s.path.clone()).collect();
            let candidates = open.iter().flat_map(|path| names.iter().map(move |name| format!("{name}.{path}")));
            call.symbols.extend(candidates.map(|path| Symbol { path, origin: Origin::Wildcard }));
        }
        file.facts.imports.extend(names);
    }
}

fn is_project(file: &FileFacts) -> bool {
    file.language == Language::MsBuild && file.path.ends_with("proj")
}

/// The folder of a file, without a `/` at its end.
pub(crate) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn holds(folder: &str, path: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The folder of the nearest project around a file; without any, the folder of the file itself.
fn project_of(path: &str, projects: &BTreeSet<String>) -> String {
    let around = projects.iter().filter(|folder| holds(folder, path)).max_by_key(|folder| folder.len());
    around.cloned().unwrap_or_else(|| folder(path).to_owned())
}
