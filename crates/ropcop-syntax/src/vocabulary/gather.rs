//! What fills a mapping or a list, and what only looks something up in it.

use super::{List, Name, show};

/// Methods that add one item: their whole names.
static ADDERS: List = List::new("add append push put insert addlast pushback tryadd addelement addbodyparameter");

/// Methods that add what another literal holds: their whole names.
static MERGERS: List = List::new("update putall addrange addall merge extend assign putallfields setall fromentries");

/// First words of functions that only look something up or change a text.
static LOOKERS: List = List::new(
    "get replace has contain remove delete split start end equal compare find index match matcher test del pop join \
     getenv getattr getitem getvalue getlist getint getstring getheader getparam getoption getopt getprop getbyid \
     hasattr haskey delattr startswith endswith splitlines findall indexof equalf containsf popitem removeprefix \
     removesuffix",
);

/// The same: their whole names.
static LOOKUPS: List = List::new("of entry pair to");

/// Functions that look something up under their first argument, and give back the second if there is nothing: their whole
/// names.
static DEFAULTED: List = List::new(
    "get getenv getordefault getvalue getvalueordefault getproperty getorelse env fetch getattr getstring getstr config \
     setting option",
);

/// Methods that give back their argument where their object is nothing: their whole names.
static STAND_INS: List =
    List::new("or orelse getorelse getordefault getvalueordefault unwrapor defaultifempty ifempty");

/// Functions that give back the first of their arguments that is something: their whole names.
static CHOOSERS: List = List::new(
    "or coalesce firstnonnull firstnonempty defaultifnull defaultifempty defaultifblank defaultstring getordefault \
         getvalueordefault getorelse",
);

/// Functions that give back a value of which their first argument is only the name, or with which they ask for one: their
/// whole names. It is a short list on purpose: `GetBytes("…")` is given the value itself.
static NAMED: List = List::new(
    "get getenv env environ getenvironmentvariable getenvvar lookupenv mustgetenv requireenv requiredenv readenv \
     getordefault getvalue getproperty systemproperty getorelse fetch getattr getstring getstr config getconfig \
     setting getsetting option getoption getsecret getsecretvalue readsecret getinput getparameter param parameter \
     property getpass getpassword input prompt readline readhost ask",
);

/// What holds values under names, where it is a word of a function that gets one.
static STORES: List = List::new("vault automation variable environment item content");

/// Functions and types that make a list or a set of what they are given, or of the items of that: their whole names.
static COLLECTIONS: List = List::new(
    "aslist listof setof mutablelistof mutablesetof arrayof hashsetof singleton singletonlist hashset linkedhashset arraylist \
     list set tuple frozenset seq vector",
);

/// Those of them that are methods of something that only holds functions.
static COLLECTING: List = List::new("aslist singleton singletonlist");

/// Types whose `of` makes one.
static COLLECTION_TYPES: List = List::new("list set immutablelist immutableset stream");

/// Names of a key in an object that is one key and one value.
static KEY_NAMES: List = List::new("key name k");

/// Names of a value in such an object.
static VALUE_NAMES: List = List::new("value val v");

/// Whether a function makes a list or a set of what it is given. A method has an owner.
pub(crate) fn collects(function: &str, owner: Option<&str>) -> bool {
    match owner {
        Some(owner) => COLLECTING.is(function) || function == "of" && COLLECTION_TYPES.is(owner),
        None => COLLECTIONS.is(function),
    }
}

/// Whether a method adds one item.
pub(crate) fn adds(method: &str) -> bool {
    ADDERS.is(method)
}

/// Whether a method adds all that another literal holds.
pub(crate) fn merges(method: &str) -> bool {
    MERGERS.is(method)
}

/// Whether a function surely sets nothing.
pub(crate) fn looks_up(function: &str) -> bool {
    LOOKUPS.is(function) || LOOKERS.begins(&Name::new(function)) || show::shows(function)
}

/// Whether a function gives back its second argument where it does not find the first.
pub(crate) fn has_default(function: &str) -> bool {
    DEFAULTED.is(function)
}

/// Whether a method gives back its argument where its object is nothing.
pub(crate) fn stands_in(method: &str) -> bool {
    STAND_INS.is(method)
}

/// Whether a function gives back its last argument where the others are nothing.
pub(crate) fn chooses(function: &str) -> bool {
    CHOOSERS.is(function)
}

/// Whether a function is given the name of a value, and not the value.
pub(crate) fn gives_value_of(function: &str) -> bool {
    let name = Name::new(function);
    NAMED.is(function) || (name.words().next() == Some("get") && name.words().any(|word| STORES.has(word)))
}

/// Whether this is the name of the key in an object that is one key and one value.
pub(crate) fn is_key_name(name: &str) -> bool {
    KEY_NAMES.is(name)
}

/// Whether this is the name of the value in such an object.
pub(crate) fn is_value_name(name: &str) -> bool {
    VALUE_NAMES.is(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_looks_begins_with_the_word() {
        for name in ["get", "getHeader", "has_key", "startswith", "StartsWith", "Equals", "pairOf_", "to", "print"] {
            assert_eq!(looks_up(name), name != "pairOf_", "{name}");
        }
        for name in
            ["hash", "endpoint", "delegate", "delay", "popular", "startup", "gettysburg", "setHeader", "testimony"]
        {
            assert!(!looks_up(name), "{name}");
        }
    }

    #[test]
    fn what_adds_has_the_whole_name() {
        assert!(adds("add") && adds("push_back") && adds("TryAdd") && !adds("padd") && !adds("address"));
        assert!(merges("putAll") && merges("addrange") && !merges("emerge") && !merges("updated"));
    }
}
