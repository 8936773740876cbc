//! Where the password of a credential is written.

use super::syntax::PsExpr;
use super::value::Values;
use crate::Span;
use crate::program::module::{Argument, Expr, ExprId};
use crate::program::usage;

/// Longer ways are not followed.
const DEEPEST: usize = 12;

/// What makes a credential: the password is the second argument.
const CREDENTIALS: [&str; 2] = ["pscredential", "networkcredential"];

/// What only wraps a password.
const WRAPPERS: [&str; 2] = ["convertto-securestring", "securestring"];

/// Members that give the password of a credential.
const PASSWORDS: [&str; 2] = ["securepassword", "password"];

/// Whether a parameter takes a credential or a password: `-Credential`, `-SqlPassword`.
pub(super) fn is_taken_by(parameter: &str) -> bool {
    let parameter = parameter.to_ascii_lowercase();
    parameter.starts_with('-') && (parameter.contains("cred") || parameter.contains("passw"))
}

impl Values<'_, '_> {
    /// Where the texts stand that may be the password of an expression.
    pub(super) fn passwords(&self, expr: &PsExpr) -> Vec<Span> {
        let mut found = Vec::new();
        if let Some(id) = self.names.lowered.id(expr) {
            self.add_passwords(id, DEEPEST, &mut found);
        }
        found.sort();
        found.dedup();
        found
    }

    fn add_passwords(&self, id: ExprId, depth: usize, found: &mut Vec<Span>) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let resolver = self.names.resolver;
        let node = resolver.module.node(id);
        match &node.expr {
            Expr::Text(_) if self.evaluator.text(id).is_some_and(|text| !text.is_empty()) => {
                found.push(self.span(node.span));
            }
            Expr::Name(name) => {
                let values = self.evaluator.may_be(id, name);
                values.into_iter().for_each(|value| self.add_passwords(value, depth, found));
            }
            Expr::Choice(options) | Expr::Branches { arms: options, .. } => {
                options.iter().for_each(|option| self.add_passwords(*option, depth, found));
            }
            Expr::Attempt(values) => {
                values.first().into_iter().for_each(|value| self.add_passwords(*value, depth, found))
            }
            Expr::Cast { value, .. } => self.add_passwords(*value, depth, found),
            Expr::Block(items) | Expr::Gather(items) | Expr::Statement(items) | Expr::Other(items) => {
                if let [only] = items[..] {
                    self.add_passwords(only, depth, found);
                }
            }
            Expr::Member { object, name, .. } if PASSWORDS.contains(&name.to_ascii_lowercase().as_str()) => {
                self.add_passwords(*object, depth, found);
            }
            Expr::Pipe(steps) => {
                if let [.., given, last] = steps[..]
                    && self.wraps(last)
                {
                    self.add_passwords(given, depth, found);
                }
            }
            Expr::Command { makes: Some(made), .. } => self.add_passwords(*made, depth, found),
            Expr::Command { words, makes: None } if self.wraps(id) => {
                let is_value = |word: &&ExprId| !self.evaluator.text(**word).is_some_and(|text| text.starts_with('-'));
                words[1..].iter().find(is_value).into_iter().for_each(|word| self.add_passwords(*word, depth, found));
            }
            Expr::Call { callee, args, .. } => {
                let path = usage::last_name(resolver, *callee).to_ascii_lowercase();
                let name = path.rsplit('.').next().unwrap_or_default();
                let at = usize::from(CREDENTIALS.contains(&name));
                if at == 1 || WRAPPERS.contains(&name) {
                    let given = args.get(at).map(|Argument { value, .. }| *value);
                    given.into_iter().for_each(|value| self.add_passwords(value, depth, found));
                }
            }
            _ => {}
        }
    }

    /// Whether a command only wraps what it is given.
    fn wraps(&self, id: ExprId) -> bool {
        let Expr::Command { words, .. } = &self.names.resolver.module.node(id).expr else { return false };
        let name = words.first().and_then(|name| self.evaluator.text(*name)).unwrap_or_default();
        WRAPPERS.contains(&name.to_ascii_lowercase().as_str())
    }
}
