//! Which language a file is written in.

mod manifest;
mod program;
mod source;

pub use manifest::is_manifest;
pub use source::Source;

/// A language that ropcop reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Python.
    Python,
    /// JavaScript with JSX: one grammar reads all of it.
    JavaScript,
    /// TypeScript.
    TypeScript,
    /// TypeScript with JSX.
    Tsx,
    /// C#.
    CSharp,
    /// Go.
    Go,
    /// Java.
    Java,
    /// POSIX shell, Bash, zsh.
    Shell,
    /// Kotlin.
    Kotlin,
    /// Scala.
    Scala,
    /// A component of Vue or Svelte: its scripts.
    Component,
    /// PowerShell.
    PowerShell,
    /// Batch files of the Windows command processor.
    Batch,
    /// Makefiles.
    Make,
    /// Justfiles.
    Just,
    /// Groovy: Jenkins pipelines.
    Groovy,
    /// Dockerfiles.
    Containerfile,
    /// YAML; what it means depends on the host.
    Yaml,
    /// JSON, with or without comments; what it means depends on the host.
    Json,
    /// Terraform and other HCL.
    Hcl,
    /// Bicep.
    Bicep,
    /// INI files: sections of settings; in `tox.ini` commands too.
    Ini,
    /// Variables of a process: `.env`.
    Dotenv,
    /// Java properties, and settings of Spark.
    Properties,
    /// TOML.
    Toml,
    /// XML: configuration of programs, servers and builds.
    Xml,
    /// Requests for a client in an editor or a test: `.http`, Bruno, Karate, Robot Framework.
    Http,
    /// Packages with their versions: `requirements.txt`, `.tool-versions`.
    Requirements,
    /// A program in a language without a grammar: only the texts in it.
    Plain,
    /// A Vagrantfile: the scripts in it.
    Vagrantfile,
    /// Jupyter notebooks.
    Notebook,
    /// Markdown: code in fences.
    Markdown,
    /// AsciiDoc: source blocks.
    AsciiDoc,
    /// reStructuredText: code blocks.
    ReStructuredText,
    /// An MSBuild project or props file: XML, and what it imports on behalf of C# files.
    MsBuild,
}

/// How to recognise a language. The only table of languages; detection and `--help` are derived from it.
struct Row {
    language: Language,
    name: &'static str,
    extensions: &'static [&'static str],
    /// Names of files; `Name.x`, `Name-x` and `Name_x` count too where `variants` says so.
    files: &'static [&'static str],
    variants: bool,
    /// Beginnings and ends of names of files, which count where nothing else is known of a file. Where there is a `/`,
    /// the folder belongs to the name.
    patterns: &'static [(&'static str, &'static str)],
    interpreters: &'static [&'static str],
}

const NONE: Row = Row {
    language: Language::Shell,
    name: "",
    extensions: &[],
    files: &[],
    variants: false,
    patterns: &[],
    interpreters: &[],
};

/// A language that is known by extension and name alone.
const fn row(
    language: Language,
    name: &'static str,
    extensions: &'static [&'static str],
    files: &'static [&'static str],
) -> Row {
    Row { language, name, extensions, files, ..NONE }
}

/// Whether a text says of itself that it is XML.
pub(crate) fn is_xml(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').starts_with("<?xml")
}

/// Endings of files from which a tool makes the real file: `deploy.sh.j2`.
const TEMPLATES: [&str; 12] =
    ["j2", "jinja", "jinja2", "tmpl", "tpl", "template", "gotmpl", "erb", "in", "dist", "example", "sample"];

/// The endings of all files.
pub(crate) const PLAIN: &[&str] = &[
    "c", "h", "cc", "cpp", "cxx", "hpp", "php", "phtml", "phpt", "inc", "m", "mm", "pq", "pqm", "tmdl", "rb", "rake",
    "gemspec", "ex", "exs", "cr", "lua", "sql", "vb", "bas", "vbs", "vba", "pl", "pm", "r", "rs", "fs", "fsx", "zig",
    "swift", "dart",
];

const ROWS: &[Row] = &[
    Row {
        language: Language::Python,
        name: "python",
        extensions: &["py", "pyi", "pyw"],
        files: &["SConstruct", "wscript"],
        interpreters: &["python", "python2", "python3", "pypy", "pypy3"],
        ..NONE
    },
    Row {
        language: Language::JavaScript,
        name: "javascript",
        extensions: &["js", "jsx", "mjs", "cjs"],
        interpreters: &["node", "nodejs", "bun"],
        ..NONE
    },
    Row {
        language: Language::TypeScript,
        name: "typescript",
        extensions: &["ts", "mts", "cts"],
        interpreters: &["ts-node", "tsx", "deno"],
        ..NONE
    },
    row(Language::Tsx, "typescript", &["tsx"], &[]),
    Row {
        language: Language::CSharp,
        name: "csharp",
        extensions: &["cs", "csx"],
        interpreters: &["dotnet-script"],
        ..NONE
    },
    row(Language::Go, "go", &["go"], &[]),
    row(Language::Java, "java", &["java"], &[]),
    Row { interpreters: &["kotlin"], ..row(Language::Kotlin, "kotlin", &["kt", "kts"], &[]) },
    Row { interpreters: &["scala", "amm"], ..row(Language::Scala, "scala", &["scala", "sc", "sbt"], &[]) },
    row(Language::Component, "component", &["vue", "svelte"], &[]),
    Row {
        interpreters: &["pwsh", "powershell"],
        ..row(Language::PowerShell, "powershell", &["ps1", "psm1", "psd1"], &[])
    },
    row(Language::Batch, "batch", &["cmd", "bat"], &[]),
    Row {
        interpreters: &["make"],
        variants: true,
        ..row(Language::Make, "make", &["mk", "mak"], &["Makefile", "makefile", "GNUmakefile"])
    },
    Row { interpreters: &["just"], ..row(Language::Just, "just", &["just"], &["justfile", "Justfile", ".justfile"]) },
    Row {
        interpreters: &["groovy"],
        variants: true,
        ..row(Language::Groovy, "groovy", &["groovy", "gvy", "jenkinsfile"], &["Jenkinsfile", "jenkinsfile"])
    },
    Row {
        variants: true,
        ..row(
            Language::Containerfile,
            "dockerfile",
            &["dockerfile", "containerfile"],
            &["Dockerfile", "dockerfile", "Containerfile"],
        )
    },
    row(Language::Yaml, "yaml", &["yaml", "yml", "sls"], &["user-data", "kubeconfig"]),
    row(Language::Json, "json", &["json", "jsonc", "json5", "code-workspace"], &[]),
    row(Language::Hcl, "hcl", &["tf", "tfvars", "tofu", "hcl", "nomad"], &[]),
    row(Language::Bicep, "bicep", &["bicep"], &[]),
    Row {
        patterns: &[("", "credentials.j2")],
        ..row(Language::Ini, "ini", &["ini", "cfg"], &["tox.ini", "credentials"])
    },
    Row {
        patterns: &[(".env.", ""), (".env-", ""), (".env_", "")],
        ..row(Language::Dotenv, "dotenv", &["env"], &[".env", ".flaskenv", ".dev.vars"])
    },
    row(Language::Properties, "properties", &["properties", "conf"], &[]),
    row(Language::Toml, "toml", &["toml"], &["Pipfile"]),
    row(Language::Xml, "xml", &["xml", "config", "runsettings", "pubxml", "jmx", "settings"], &[]),
    row(Language::Http, "http", &["http", "rest", "bru", "feature", "robot"], &[]),
    Row {
        patterns: &[
            ("requirements", ".txt"),
            ("", "requirements.txt"),
            ("constraints", ".txt"),
            ("requirements/", ".txt"),
        ],
        ..row(Language::Requirements, "requirements", &["requirements"], &[".tool-versions", "requirements.in"])
    },
    row(Language::Plain, "plain", PLAIN, &["Rakefile", "Gemfile"]),
    row(Language::Vagrantfile, "vagrantfile", &[], &["Vagrantfile"]),
    row(Language::Notebook, "notebook", &["ipynb"], &[]),
    row(Language::Markdown, "markdown", &["md", "markdown", "mdx", "mdown"], &[]),
    row(Language::AsciiDoc, "asciidoc", &["adoc", "asciidoc", "asc"], &[]),
    row(Language::ReStructuredText, "restructuredtext", &["rst"], &[]),
    Row {
        language: Language::Shell,
        name: "shell",
        // `azcli` is the extension of the Azure CLI Tools for Visual Studio Code; its files are shell.
        extensions: &["sh", "bash", "zsh", "ksh", "dash", "ash", "azcli", "bats", "command", "envrc"],
        files: &[
            ".bashrc",
            ".bash_profile",
            ".bash_aliases",
            ".bash_login",
            ".bash_logout",
            ".profile",
            ".zshrc",
            ".zprofile",
            ".zshenv",
            ".zlogin",
            ".envrc",
            "PKGBUILD",
            "APKBUILD",
        ],
        interpreters: &["sh", "bash", "zsh", "ksh", "dash", "ash", "bats", "busybox"],
        ..NONE
    },
    row(Language::MsBuild, "msbuild", &["csproj", "props", "targets", "projitems", "shproj"], &[]),
];

impl Language {
    /// The language of a file, by its name, else by its extension, else by a pattern of names, else by the interpreter on
    /// its first line or the declaration of XML.
    ///
    /// `path` may have `/` or `\` between its parts; `text` is only looked at for `#!` and `<?xml`.
    pub fn detect(path: &str, text: &str) -> Option<Self> {
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let by_name = ROWS.iter().find(|row| row.has_name(file));
        let by_extension = || {
            let (name, extension) = file.rsplit_once('.')?;
            let of = |extension: &str| {
                ROWS.iter().find(|row| row.extensions.iter().any(|e| e.eq_ignore_ascii_case(extension)))
            };
            let inner = || {
                let is_template = TEMPLATES.iter().any(|template| template.eq_ignore_ascii_case(extension));
                is_template
                    .then(|| ROWS.iter().find(|row| row.files.contains(&name)).or(of(name.rsplit_once('.')?.1)))?
            };
            of(extension).or_else(inner)
        };
        let by_interpreter = || {
            let interpreter = interpreter(text)?;
            ROWS.iter().find(|row| row.interpreters.contains(&interpreter))
        };
        let by_pattern = || ROWS.iter().find(|row| row.has_pattern(path, file));
        let by_declaration = || is_xml(text).then_some(Self::Xml);
        let row = by_name.or_else(by_extension).or_else(by_pattern).or_else(by_interpreter);
        row.map(|row| row.language).or_else(by_declaration)
    }

    /// The name that rules use. TypeScript and its JSX form share one.
    pub fn name(self) -> &'static str {
        ROWS.iter().find(|row| row.language == self).map_or("", |row| row.name)
    }

    /// The names under which rules speak to this language: its own, and that of the language whose libraries it calls.
    pub fn names(self) -> [&'static str; 2] {
        let calls = match self {
            // TypeScript is JavaScript as far as any rule is concerned.
            Self::TypeScript | Self::Tsx | Self::Component => "javascript",
            Self::Kotlin | Self::Scala | Self::Groovy => "java",
            Self::PowerShell => "csharp",
            Self::Notebook => "python",
            _ => self.name(),
        };
        [self.name(), calls]
    }

    /// Whether `name` is one that rules can use.
    pub fn is_name(name: &str) -> bool {
        ROWS.iter().any(|row| row.name == name)
    }

    /// Whether a file of this kind holds code of any language or settings of any program, so that its own name says
    /// little about those.
    pub fn is_mixed(self) -> bool {
        let is_data = matches!(
            self,
            Self::Notebook
                | Self::Yaml
                | Self::Json
                | Self::Hcl
                | Self::Bicep
                | Self::Containerfile
                | Self::Ini
                | Self::Dotenv
                | Self::Properties
                | Self::Toml
                | Self::Xml
                | Self::Http
                | Self::Requirements
                | Self::Vagrantfile
        );
        is_data || self.is_document()
    }

    /// Whether a file in this language holds records only, and no commands.
    pub(crate) fn holds_records_only(self) -> bool {
        use Language::{Dotenv, Http, Plain, Properties, Requirements, Toml, Xml};
        matches!(self, Dotenv | Http | Plain | Properties | Requirements | Toml | Xml)
    }

    /// Whether a file in this language is read by people, not by machines.
    pub fn is_document(self) -> bool {
        matches!(self, Self::Markdown | Self::AsciiDoc | Self::ReStructuredText)
    }
}

impl Row {
    fn has_name(&self, file: &str) -> bool {
        let is_variant = |name: &&str| {
            self.variants && file.strip_prefix(*name).is_some_and(|rest| rest.starts_with(['.', '-', '_']))
        };
        self.files.iter().any(|name| *name == file || is_variant(name))
    }

    fn has_pattern(&self, path: &str, file: &str) -> bool {
        let mut parts = path.rsplit(['/', '\\']);
        let folder = parts.nth(1).unwrap_or_default();
        self.patterns.iter().any(|(start, end)| {
            let file = match start.split_once('/') {
                Some((wanted, _)) if wanted != folder => return false,
                _ => file,
            };
            let start = start.rsplit('/').next().unwrap_or_default();
            file.strip_prefix(start).is_some_and(|rest| rest.ends_with(end))
        })
    }
}

/// The program that a `#!` line names: `bash` for `#!/usr/bin/env -S bash -e`. A version at its end is dropped.
fn interpreter(text: &str) -> Option<&str> {
    let line = text.strip_prefix("#!")?.lines().next()?;
    let mut words = line.split_whitespace();
    let mut program = words.next()?.rsplit('/').next()?;
    if program == "env" {
        program = words.find(|word| !word.starts_with('-') && !word.contains('='))?;
        program = program.rsplit('/').next()?;
    }
    let bare = program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    Some(if ROWS.iter().any(|row| row.interpreters.contains(&program)) { program } else { bare })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_name_extension_or_interpreter() {
        for (path, text, expected) in [
            ("a/b.PY", "", Some(Language::Python)),
            ("x.d.ts", "", Some(Language::TypeScript)),
            ("x.mjs", "", Some(Language::JavaScript)),
            (".bashrc", "", Some(Language::Shell)),
            ("bin/deploy", "#!/usr/bin/env -S bash -eu\n", Some(Language::Shell)),
            ("bin/tool", "#!/usr/bin/python3.11", Some(Language::Python)),
            ("bin/tool", "#!/usr/bin/env FOO=1 python3", Some(Language::Python)),
            ("Dockerfile.build", "", Some(Language::Containerfile)),
            ("web.Dockerfile", "", Some(Language::Containerfile)),
            ("Jenkinsfile-nightly", "", Some(Language::Groovy)),
            ("Makefile.am", "", Some(Language::Make)),
            ("deploy.sh.j2", "", Some(Language::Shell)),
            ("main.tf.tmpl", "", Some(Language::Hcl)),
            ("notes.example", "", None),
            (".env", "", Some(Language::Dotenv)),
            ("a/.env.production", "", Some(Language::Dotenv)),
            (".env.local.example", "", Some(Language::Dotenv)),
            (".env.example", "", Some(Language::Dotenv)),
            ("prod.env", "", Some(Language::Dotenv)),
            (".env.ts", "", Some(Language::TypeScript)),
            (".envrc", "", Some(Language::Shell)),
            ("application.properties.tmpl", "", Some(Language::Properties)),
            ("home/.azure/credentials", "", Some(Language::Ini)),
            ("templates/azure_credentials.j2", "", Some(Language::Ini)),
            ("requirements-dev.txt", "", Some(Language::Requirements)),
            ("dev-requirements.txt", "", Some(Language::Requirements)),
            ("requirements/base.txt", "", Some(Language::Requirements)),
            ("notes/base.txt", "", None),
            ("terraform.tfvars", "", Some(Language::Hcl)),
            ("web.config", "", Some(Language::Xml)),
            ("app/login.php", "", Some(Language::Plain)),
            ("run.PS1", "", Some(Language::PowerShell)),
            ("bin/tool", "#!/usr/bin/perl", None),
            ("etl/Load.dtsx", "<?xml version=\"1.0\"?><a/>", Some(Language::Xml)),
            ("page.html", "<html>", None),
            ("README", "#", None),
        ] {
            assert_eq!(Language::detect(path, text), expected, "{path} {text}");
        }
    }
}
