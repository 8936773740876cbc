//! Texts that people read, by the names of the keys, arguments and variables that hold them.

use super::{List, Name};

/// Names of texts about something: what stands in them is an example. Whole names.
static DOCUMENTS: List = List::new(
    "comment comments deprecationmessage desc describe description doc docs documentation epilog epilogue example \
     examples help helpmessage helptext hint markdowndescription placeholder readme remarks summary usage usagetext",
);

/// Names of texts that are said to people, and may hold data. Whole names.
static MESSAGES: List = List::new("message msg text title label error");

/// Names of keys of data whose texts are no code, beside the others. Whole names.
static PROSE_KEYS: List = List::new("name displayname note notes about details reason remediation");

/// A function that declares an option.
static OPTIONS: List = List::new("option");

/// Whether a text that goes by this name is about something: read by people, and not by a program.
pub(crate) fn is_document(name: &str) -> bool {
    DOCUMENTS.is(name)
}

/// Whether a name ends with the name of such a text.
pub(crate) fn ends_as_document(name: &str) -> bool {
    DOCUMENTS.ends(&Name::new(name))
}

/// Whether an argument of this name holds a text for people.
pub(crate) fn is_message(argument: &str) -> bool {
    MESSAGES.is(argument) || DOCUMENTS.is(argument)
}

/// Whether what stands under this key of data is a text for people.
pub(crate) fn is_prose_key(key: &str) -> bool {
    is_message(key) || PROSE_KEYS.is(key)
}

/// Whether a function declares an option of the program, and says what it is for.
pub(crate) fn is_option(function: &str) -> bool {
    OPTIONS.is_in(&Name::new(function))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_for_people_have_the_whole_name() {
        for name in ["description", "Description", "help_text", "helpText", "$comment", "--help", "usage"] {
            assert!(is_document(name), "{name}");
        }
        for name in
            ["helper", "prologue", "document", "subscription", "dockerfile", "documents", "describes", "example_id"]
        {
            assert!(!is_document(name), "{name}");
        }
        assert!(ends_as_document("LONG_DESCRIPTION") && ends_as_document("loginUsage") && !ends_as_document("docker"));
    }

    #[test]
    fn what_is_said_may_be_data() {
        assert!(is_message("text") && !is_document("text"));
        assert!(
            is_prose_key("display-name")
                && is_prose_key("msg")
                && !is_prose_key("username")
                && !is_prose_key("context")
        );
    }
}
