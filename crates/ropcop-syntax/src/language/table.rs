//! The one table of languages: how they are recognised, what people and rules call them, how their comments look.

use super::Language;
use super::family::FAMILIES;
use super::prompt::Prompt;
use super::row::{LanguageKind, Row};

impl Language {
    /// What is known of a language. No wildcard: a language without a row does not compile.
    pub(super) const fn row(self) -> &'static Row {
        match self {
            Self::Python => &PYTHON,
            Self::JavaScript => &JAVASCRIPT,
            Self::TypeScript => &TYPESCRIPT,
            Self::Tsx => &TSX,
            Self::CSharp => &CSHARP,
            Self::Go => &GO,
            Self::Java => &JAVA,
            Self::Lua => &LUA,
            Self::Shell => &SHELL,
            Self::Kotlin => &KOTLIN,
            Self::Scala => &SCALA,
            Self::Component => &COMPONENT,
            Self::PowerShell => &POWERSHELL,
            Self::Batch => &BATCH,
            Self::Make => &MAKE,
            Self::Just => &JUST,
            Self::Groovy => &GROOVY,
            Self::Containerfile => &CONTAINERFILE,
            Self::Yaml => &YAML,
            Self::Json => &JSON,
            Self::Hcl => &HCL,
            Self::Bicep => &BICEP,
            Self::Ini => &INI,
            Self::Dotenv => &DOTENV,
            Self::Properties => &PROPERTIES,
            Self::Toml => &TOML,
            Self::Xml => &XML,
            Self::Http => &HTTP,
            Self::Requirements => &REQUIREMENTS,
            Self::Plain => &PLAIN,
            Self::Vagrantfile => &VAGRANTFILE,
            Self::Notebook => &NOTEBOOK,
            Self::Markdown => &MARKDOWN,
            Self::AsciiDoc => &ASCIIDOC,
            Self::ReStructuredText => &RESTRUCTUREDTEXT,
            Self::MsBuild => &MSBUILD,
        }
    }
}

const HASH: &[&str] = &["#"];
/// `*` begins the further lines of a comment of several.
const SLASHES: &[&str] = &["//", "/*", "*"];
const TAG: &[&str] = &["<!--"];

const PYTHON: Row = Row {
    aliases: &["ipython", "ipython3", "pycon"],
    extensions: &["py", "pyi", "pyw"],
    files: &["SConstruct", "wscript"],
    interpreters: &["python", "python2", "python3", "pypy", "pypy3"],
    takes_code: |argument| argument == "-c",
    comments: HASH,
    prompts: &[Prompt::Python],
    ..Row::parsed("python", LanguageKind::Program, tree_sitter_python::LANGUAGE)
};

const JAVASCRIPT: Row = Row {
    extensions: &["js", "jsx", "mjs", "cjs"],
    interpreters: &["node", "nodejs", "bun"],
    takes_code: is_eval,
    comments: SLASHES,
    ..Row::parsed("javascript", LanguageKind::Program, tree_sitter_javascript::LANGUAGE)
};

// TypeScript is JavaScript as far as any rule is concerned.
const TYPESCRIPT: Row = Row {
    calls: Some("javascript"),
    extensions: &["ts", "mts", "cts"],
    interpreters: &["ts-node", "tsx", "deno"],
    takes_code: is_eval,
    comments: SLASHES,
    ..Row::parsed("typescript", LanguageKind::Program, tree_sitter_typescript::LANGUAGE_TYPESCRIPT)
};

const TSX: Row = Row {
    calls: Some("javascript"),
    extensions: &["tsx"],
    comments: SLASHES,
    ..Row::parsed("typescript", LanguageKind::Program, tree_sitter_typescript::LANGUAGE_TSX)
};

const CSHARP: Row = Row {
    full_names: true,
    aliases: &["c#", "dotnet"],
    extensions: &["cs", "csx"],
    interpreters: &["dotnet-script"],
    comments: SLASHES,
    ..Row::parsed("csharp", LanguageKind::Program, tree_sitter_c_sharp::LANGUAGE)
};

const GO: Row = Row {
    aliases: &["golang"],
    extensions: &["go"],
    comments: SLASHES,
    ..Row::parsed("go", LanguageKind::Program, tree_sitter_go::LANGUAGE)
};

const JAVA: Row = Row {
    full_names: true,
    extensions: &["java"],
    comments: SLASHES,
    ..Row::parsed("java", LanguageKind::Program, tree_sitter_java::LANGUAGE)
};

const LUA: Row = Row {
    extensions: &["lua", "rockspec"],
    interpreters: &["lua", "luajit", "luvit", "resty"],
    takes_code: |argument| argument == "-e",
    comments: &["--"],
    prompts: &[Prompt::Angle],
    ..Row::parsed("lua", LanguageKind::Program, tree_sitter_lua::LANGUAGE)
};

const SHELL: Row = Row {
    aliases: &["shellscript", "shell-script", "fish", "terminal"],
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
    comments: HASH,
    prompts: &[Prompt::Dollar],
    ..Row::parsed("shell", LanguageKind::CommandLine, tree_sitter_bash::LANGUAGE)
};

const KOTLIN: Row = Row {
    calls: Some("java"),
    full_names: true,
    extensions: &["kt", "kts"],
    interpreters: &["kotlin"],
    comments: SLASHES,
    ..Row::parsed("kotlin", LanguageKind::Program, tree_sitter_kotlin_ng::LANGUAGE)
};

const SCALA: Row = Row {
    calls: Some("java"),
    full_names: true,
    extensions: &["scala", "sc", "sbt"],
    interpreters: &["scala", "amm"],
    comments: SLASHES,
    ..Row::parsed("scala", LanguageKind::Program, tree_sitter_scala::LANGUAGE)
};

const COMPONENT: Row = Row {
    calls: Some("javascript"),
    extensions: &["vue", "svelte"],
    comments: TAG,
    ..Row::read("component", LanguageKind::Program)
};

const POWERSHELL: Row = Row {
    calls: Some("csharp"),
    full_names: true,
    aliases: &["posh", "ps"],
    extensions: &["ps1", "psm1", "psd1"],
    interpreters: &["pwsh", "powershell"],
    takes_code: is_command,
    comments: &["#", "<#"],
    prompts: &[Prompt::PowerShell, Prompt::Drive, Prompt::Dollar],
    ..Row::read("powershell", LanguageKind::CommandLine)
};

const BATCH: Row = Row {
    aliases: &["batchfile", "dos", "winbatch"],
    extensions: &["cmd", "bat"],
    interpreters: &["cmd"],
    takes_code: |argument| ["/c", "/k", "/s/c"].iter().any(|option| argument.eq_ignore_ascii_case(option)),
    comments: &["::", "rem "],
    prompts: &[Prompt::Drive],
    ..Row::read("batch", LanguageKind::CommandLine)
};

const MAKE: Row = Row {
    extensions: &["mk", "mak"],
    files: &["Makefile", "makefile", "GNUmakefile"],
    variants: true,
    interpreters: &["make"],
    aliases: &["makefile"],
    comments: HASH,
    ..Row::read("make", LanguageKind::Program)
};

const JUST: Row = Row {
    extensions: &["just"],
    files: &["justfile", "Justfile", ".justfile"],
    interpreters: &["just"],
    comments: HASH,
    ..Row::read("just", LanguageKind::Program)
};

const GROOVY: Row = Row {
    calls: Some("java"),
    full_names: true,
    extensions: &["groovy", "gvy", "jenkinsfile"],
    files: &["Jenkinsfile", "jenkinsfile"],
    variants: true,
    interpreters: &["groovy"],
    comments: SLASHES,
    ..Row::read("groovy", LanguageKind::Program)
};

const CONTAINERFILE: Row = Row {
    aliases: &["docker"],
    extensions: &["dockerfile", "containerfile"],
    files: &["Dockerfile", "dockerfile", "Containerfile"],
    variants: true,
    comments: HASH,
    ..Row::read("dockerfile", LanguageKind::Mixed)
};

const YAML: Row = Row {
    extensions: &["yaml", "yml", "sls"],
    files: &["user-data", "kubeconfig"],
    comments: HASH,
    ..Row::read("yaml", LanguageKind::Mixed)
};

const JSON: Row = Row {
    extensions: &["json", "jsonc", "json5", "code-workspace"],
    comments: SLASHES,
    ..Row::read("json", LanguageKind::Mixed)
};

const HCL: Row = Row {
    aliases: &["terraform"],
    extensions: &["tf", "tfvars", "tofu", "hcl", "nomad"],
    comments: HASH,
    ..Row::parsed("hcl", LanguageKind::Mixed, tree_sitter_hcl::LANGUAGE)
};

const BICEP: Row = Row {
    extensions: &["bicep"],
    comments: SLASHES,
    ..Row::parsed("bicep", LanguageKind::Mixed, tree_sitter_bicep::LANGUAGE)
};

const INI: Row = Row {
    extensions: &["ini", "cfg"],
    files: &["tox.ini", "credentials"],
    patterns: &[("", "credentials.j2")],
    comments: &["#", ";"],
    // `tox.ini` holds commands too.
    ..Row::read("ini", LanguageKind::Mixed)
};

const DOTENV: Row = Row {
    extensions: &["env"],
    files: &[".env", ".flaskenv", ".dev.vars"],
    patterns: &[(".env.", ""), (".env-", ""), (".env_", "")],
    comments: HASH,
    ..Row::read("dotenv", LanguageKind::Settings)
};

const PROPERTIES: Row =
    Row { extensions: &["properties", "conf"], comments: HASH, ..Row::read("properties", LanguageKind::Settings) };

const TOML: Row =
    Row { extensions: &["toml"], files: &["Pipfile"], comments: HASH, ..Row::read("toml", LanguageKind::Settings) };

const XML: Row = Row {
    extensions: &["xml", "config", "runsettings", "pubxml", "jmx", "settings"],
    start: Some("<?xml"),
    comments: TAG,
    ..Row::read("xml", LanguageKind::Settings)
};

const HTTP: Row = Row {
    extensions: &["http", "rest", "bru", "feature", "robot"],
    comments: HASH,
    ..Row::read("http", LanguageKind::Settings)
};

const REQUIREMENTS: Row = Row {
    extensions: &["requirements"],
    files: &[".tool-versions", "requirements.in"],
    patterns: &[("requirements", ".txt"), ("", "requirements.txt"), ("constraints", ".txt"), ("requirements/", ".txt")],
    comments: HASH,
    ..Row::read("requirements", LanguageKind::Settings)
};

const PLAIN: Row =
    Row { families: FAMILIES, files: &["Rakefile", "Gemfile"], ..Row::read("plain", LanguageKind::Texts) };

const VAGRANTFILE: Row =
    Row { files: &["Vagrantfile"], comments: HASH, ..Row::read("vagrantfile", LanguageKind::Mixed) };

const NOTEBOOK: Row =
    Row { calls: Some("python"), extensions: &["ipynb"], ..Row::read("notebook", LanguageKind::Mixed) };

const MARKDOWN: Row = Row {
    extensions: &["md", "markdown", "mdx", "mdown"],
    comments: TAG,
    ..Row::read("markdown", LanguageKind::Document)
};

const ASCIIDOC: Row = Row {
    extensions: &["adoc", "asciidoc", "asc"],
    comments: &["//"],
    ..Row::read("asciidoc", LanguageKind::Document)
};

const RESTRUCTUREDTEXT: Row = Row { extensions: &["rst"], ..Row::read("restructuredtext", LanguageKind::Document) };

const MSBUILD: Row = Row {
    extensions: &["csproj", "props", "targets", "projitems", "shproj"],
    comments: TAG,
    ..Row::read("msbuild", LanguageKind::Program)
};

/// `node -e`
fn is_eval(argument: &str) -> bool {
    matches!(argument, "-e" | "--eval" | "-p")
}

/// `-Command`, which may be shortened.
fn is_command(argument: &str) -> bool {
    let name = argument.strip_prefix(['-', '/']).unwrap_or_default().to_ascii_lowercase();
    !name.is_empty() && "command".starts_with(&name)
}
