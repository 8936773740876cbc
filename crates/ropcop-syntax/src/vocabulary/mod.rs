//! What the names that people choose say: lists of words, and one way to find them in a name.
//!
//! A name is parted into words ([`Name`]), and words are compared with words ([`List`]): `log` is in `audit_log`, and not in
//! `catalog`, `blog` or `logOn`. What a format or a program itself calls its keys and commands is no vocabulary; it stands
//! with the reader of that format.

pub(crate) mod environment;
pub(crate) mod gather;
mod list;
mod name;
pub(crate) mod people;
pub(crate) mod run;
pub(crate) mod show;

use list::List;
use name::Name;
