//! What must hold of a text that nobody wrote: it is read to its end, and whatever is found lies in it.

use ropcop_syntax::{Source, extract};

pub(crate) fn endure(path: &str, text: &str) {
    let found = extract(&Source::detect(path, text).unwrap(), &|_| true);
    for command in &found.commands {
        assert!(text.get(command.span.start..command.span.end).is_some(), "{path}: {:?}", command.span);
    }
    for call in &found.calls {
        assert!(text.get(call.span.start..call.span.end).is_some(), "{path}: {:?}", call.span);
    }
    for error in &found.syntax_errors {
        assert!(text.get(error.start..error.end).is_some(), "{path}: {error:?}");
    }
}
