//! The variables of `withCredentials([usernamePassword(usernameVariable: 'A', passwordVariable: 'B', …)])`.

use crate::program::groovy::token::{Kind, Piece, Token};
use crate::{Field, Span, Value};

/// A field for each parameter that names a variable.
pub(super) fn variables(tokens: &[Token]) -> Vec<Field> {
    let named = |window: &[Token]| {
        let [parameter, sign, Token { kind: Kind::Text(pieces), span, .. }] = window else { return None };
        let is_name = parameter.name().is_some_and(|name| name == "variable" || name.ends_with("Variable"));
        let [Piece::Known(name)] = &pieces[..] else { return None };
        let place = Span::new(span.start + 1, span.end.saturating_sub(1));
        (is_name && sign.is(":")).then(|| Field {
            key: name.text.clone(),
            value: Value::Dynamic { name: Some(name.text.clone()) },
            key_span: place,
            span: Span::new(place.end, place.end),
        })
    };
    tokens.windows(3).filter_map(named).collect()
}
