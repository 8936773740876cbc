//! Files that hold nothing but settings, variables, versions or requests: they give records.

pub(crate) mod dotenv;
pub(crate) mod http;
pub(crate) mod ini;
pub(crate) mod msbuild;
pub(crate) mod properties;
pub(crate) mod requirements;
pub(crate) mod toml_file;
pub(crate) mod xml;
