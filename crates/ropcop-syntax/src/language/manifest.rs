//! Where a project begins.

/// Files that stand in the folder of a project, sorted; and every `…proj` of MSBuild.
const MANIFESTS: [&str; 17] = [
    "Cargo.toml",
    "Chart.yaml",
    "Dockerfile",
    "Pipfile",
    "build.gradle",
    "build.gradle.kts",
    "build.sbt",
    "composer.json",
    "go.mod",
    "host.json",
    "package.json",
    "pom.xml",
    "pyproject.toml",
    "requirements.txt",
    "setup.cfg",
    "setup.py",
    "tox.ini",
];

/// Whether a file is one that stands in the folder of a project: the description of a package, an image, a chart.
pub fn is_manifest(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    MANIFESTS.binary_search(&name).is_ok() || name.ends_with("proj")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_known_by_its_name() {
        assert!(MANIFESTS.is_sorted());
        for path in MANIFESTS.iter().copied().chain(["a/b/App.csproj", "a/go.mod"]) {
            assert!(is_manifest(path), "{path}");
        }
        for path in ["", "a/main.go", "go.mod/a.py", "project"] {
            assert!(!is_manifest(path), "{path}");
        }
    }
}
