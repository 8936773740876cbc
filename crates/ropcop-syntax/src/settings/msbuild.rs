//! MSBuild projects: namespaces that every C# file of the project gets, and what any XML holds.

use crate::guest::Reading;
use crate::record::found::Found;
use crate::settings::xml;
use crate::{Facts, Source};

/// Reads `<Using Include="N"/>` of a project file; `Remove`, aliases and static usings are left alone.
/// A file that is not XML gives nothing.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let Ok(document) = xml::parse(&source.text) else { return Facts::default() };
    let usings = document.descendants().filter(|node| node.tag_name().name() == "Using");
    let plain = usings.filter(|node| node.attribute("Static") != Some("true") && node.attribute("Alias").is_none());
    let shared_imports = plain
        .filter_map(|node| node.attribute("Include"))
        .flat_map(|names| names.split(';'))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let facts = xml::records(Found::new(&source.text, reading), &document, &source.text);
    Facts { shared_imports, ..facts }
}

#[cfg(test)]
mod tests {
    use crate::Source;
    use crate::extract;

    #[test]
    fn usings_of_a_project_are_shared() {
        let text = "<Project><ItemGroup><Using Include=\"Azure.Identity\" /><Using Include=\"A\" Alias=\"B\"/>\
                    <Using Remove=\"System.IO\"/></ItemGroup></Project>";
        let shared = |text: &str| {
            let source = Source::detect("a.csproj", text).expect("a language");
            extract(&source, &|_| true).shared_imports
        };
        assert_eq!(shared(text), ["Azure.Identity"]);
        assert_eq!(shared("<Project"), Vec::<String>::new());
    }
}
