//! Files that carry code of other languages: images, notebooks, pages, components.

pub(crate) mod component;
pub(crate) mod containerfile;
pub(crate) mod markup;
pub(crate) mod notebook;
pub(crate) mod vagrant;
