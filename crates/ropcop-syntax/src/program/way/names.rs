//! Names that libraries give to what sends a request, and to what only stands in for a server.

use crate::vocabulary::show;
use crate::{Origin, Symbol};

/// Functions that send a request or run what was built, lower case.
const RUN: &str = "\
    execute executeasync executeasyncinteractive send sendasync sendrequest join get getawaiter invoke run call enqueue \
    retrieve exchange body bodytomono subscribe await";

/// Functions that are given a request and send it, lower case.
const SEND: &str = "\
    post postasync postform postforobject postforentity postasjsonasync postjson postjsonasync posturlencodedasync \
    put patch request requests send sendasync sendrequest sendform fetch execute executeasync executepost executepostasync \
    urlopen do newrequest newrequestwithcontext exchange retrieve ajax perform submitform uploadvalues uploadstring \
    uploaddata uploadstringtaskasync uploadvaluestaskasync newcall enqueue axios got superagent needle httprequest \
    dopost makerequest callapi invoke submit fetchjson patchform form";

/// Methods that ask an object for something and do not change it, lower case starts.
const ASK: &str = "get is has find list acquire contains log print";

/// Libraries that stand in for a server in tests; parts of the path by which they are imported, lower case.
const MOCKS: &str = "\
    httpretty requests_mock aioresponses mocket pytest_httpserver pytest_httpx fetch-mock axios-mock-adapter \
    jest-fetch-mock mockttp wiremock mockserver mockserver-client mockwebserver mockwebserver3 gock httpmock httptest \
    mockhttp";

/// The same of libraries whose names are words like others: the path begins with them.
const WORD_MOCKS: &str = "responses respx pook nock msw";

fn is_in(table: &str, name: &str) -> bool {
    table.split_whitespace().any(|word| word.eq_ignore_ascii_case(name))
}

/// Whether a method runs what was built before it.
pub(super) fn runs_request(name: &str) -> bool {
    is_in(RUN, name)
}

/// Whether a function sends what it is given.
pub(super) fn sends(name: &str) -> bool {
    is_in(SEND, name)
}

/// Whether a method only asks.
pub(super) fn only_asks(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ASK.split_whitespace().any(|word| {
        lower.strip_prefix(word).is_some_and(|_| {
            let rest = &name[word.len()..];
            rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
        })
    })
}

/// Whether one of the symbols of a callee belongs to a library that stands in for a server. Of those that wildcard imports
/// may bring, only the likeliest counts, and one whose class is called so.
pub(super) fn is_mocked(symbols: &[Symbol]) -> bool {
    let is_called_so = |symbol: &Symbol| {
        let class = symbol.path.split("()").next().and_then(|class| class.rsplit('.').next());
        class.is_some_and(show::replaces)
    };
    symbols.iter().enumerate().any(|(at, symbol)| is_mock(symbol) && (at == 0 || is_called_so(symbol)))
}

/// Whether a symbol belongs to a library that stands in for a server.
pub(super) fn is_mock(symbol: &Symbol) -> bool {
    if !matches!(symbol.origin, Origin::Import | Origin::Wildcard) {
        return false;
    }
    let mut parts = symbol.path.split(['.', '/', '(', ')', '@', ':']).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some_and(|first| is_in(WORD_MOCKS, first)) || parts.any(|part| is_in(MOCKS, part))
}
