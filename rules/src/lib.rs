//! The rules of ropcop, as data: every `.toml` file of this package, embedded.
//!
//! The folder is the registry: a new file is a new rule, nothing else needs to be edited (`build.rs` lists them).

#![no_std]

include!(concat!(env!("OUT_DIR"), "/files.rs"));
