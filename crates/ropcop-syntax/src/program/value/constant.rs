//! Constants that are turned into texts: `Mode.X.toString()`, `String.valueOf(Mode.X)`, `Mode.X.value`.
//!
//! Where the file says what the constant is, that is the text. Where it does not, its own name is all that is known, and
//! it stays a name: `Settings.Password.value` is no text that anybody wrote down.

use crate::program::module::{Expr, ExprId, How};
use crate::program::usage;
use crate::{Origin, Symbol, Value};

use super::Evaluator;

/// Methods and properties that give the text of a constant.
const TEXTS: [&str; 7] = ["toString", "ToString", "name", "value", "Value", "rawValue", "getValue"];

/// Those of them that give its own name, whatever it is made with.
const NAMES: [&str; 3] = ["toString", "ToString", "name"];

/// Functions that give the text of the constant that they are handed.
const MAKERS: [&str; 5] = ["valueOf", "str", "String", "toString", "ToString"];

impl Evaluator<'_, '_> {
    /// The text that a constant is turned into, if the expression does that.
    pub(super) fn constant_text(&self, id: ExprId, depth: usize) -> Option<Value> {
        let expr = |id: ExprId| &self.resolver.module.node(id).expr;
        match expr(id) {
            Expr::Member { object, name, .. } => self.accessed(*object, name, depth),
            Expr::Call { callee, args, how: How::Call } => match (expr(*callee), &args[..]) {
                (Expr::Member { object, name, .. }, []) => self.accessed(*object, name, depth),
                (_, [only]) if MAKERS.contains(&usage::last_name(self.resolver, *callee).as_str()) => {
                    self.text_of(only.value, depth)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// What a member of a constant gives.
    fn accessed(&self, constant: ExprId, member: &str, depth: usize) -> Option<Value> {
        let given = || self.only_argument(constant).and_then(|text| self.text_of(text, depth));
        match TEXTS.contains(&member) {
            true if NAMES.contains(&member) => self.text_of(constant, depth),
            true => given().or_else(|| self.text_of(constant, depth)),
            false => given(),
        }
    }

    /// The only text that a constant of an enumeration is made with, `PASSWORD(1, "text")`: whatever gives a text, gives that.
    fn only_argument(&self, constant: ExprId) -> Option<ExprId> {
        let Expr::Other(args) = &self.resolver.module.node(self.field_value(constant)?).expr else { return None };
        let mut texts = args.iter().filter(|arg| matches!(self.resolver.module.node(**arg).expr, Expr::Text(_)));
        texts.next().copied().filter(|_| texts.next().is_none())
    }

    /// What a constant is given, or else its own name.
    fn text_of(&self, id: ExprId, depth: usize) -> Option<Value> {
        let depth = self.step(depth)?;
        let Expr::Member { object, name, .. } = &self.resolver.module.node(id).expr else {
            return match self.value_within(id, depth) {
                value @ (Value::Text(_) | Value::Choice(_)) => Some(value),
                _ => None,
            };
        };
        if let value @ (Value::Text(_) | Value::Choice(_)) = self.value_within(id, depth) {
            return Some(value);
        }
        // A member of something that is called like a type.
        let owner = usage::last_name(self.resolver, *object);
        let is_type = matches!(self.resolver.module.node(*object).expr, Expr::Name(_) | Expr::Member { .. });
        let path = format!("{owner}.{name}");
        let named = || Value::Symbol(vec![Symbol { path, origin: Origin::Unknown }]);
        (is_type && owner.starts_with(char::is_uppercase)).then(named)
    }
}
