//! MSBuild projects: namespaces that every C# file of the project gets.

use crate::Facts;

/// Reads `<Using Include="N"/>` of a project file; `Remove`, aliases and static usings are left alone.
/// A file that is not XML gives nothing.
pub(crate) fn facts(text: &str) -> Facts {
    let mut facts = Facts::default();
    let Ok(document) = roxmltree::Document::parse(text.trim_start_matches('\u{feff}')) else { return facts };
    let usings = document.descendants().filter(|node| node.tag_name().name() == "Using");
    let plain = usings.filter(|node| node.attribute("Static") != Some("true") && node.attribute("Alias").is_none());
    facts.shared_imports = plain
        .filter_map(|node| node.attribute("Include"))
        .flat_map(|names| names.split(';'))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    facts
}

#[cfg(test)]
mod tests {
    #[test]
    fn usings_of_a_project_are_shared() {
        let text = "<Project><ItemGroup><Using Include=\"Azure.Identity\" /><Using Include=\"A\" Alias=\"B\"/>\
                    <Using Remove=\"System.IO\"/></ItemGroup></Project>";
        assert_eq!(super::facts(text).shared_imports, ["Azure.Identity"]);
        assert_eq!(super::facts("<Project").shared_imports, Vec::<String>::new());
    }
}
