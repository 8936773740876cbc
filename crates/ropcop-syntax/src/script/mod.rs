//! Scripts whose words are commands: shell, batch files, makefiles, justfiles.

pub(crate) mod batch;
pub(crate) mod just;
pub(crate) mod make;
pub(crate) mod shell;
