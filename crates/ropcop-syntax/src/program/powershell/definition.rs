//! Functions and classes with their parameters.

use super::reader::{PowerShellReader, is_name};
use super::syntax::{PsParam, PsStatement, PsStep};

impl PowerShellReader<'_> {
    pub(super) fn function(&mut self) -> Option<PsStep> {
        self.space();
        let name = self.take_while(|c| !c.is_whitespace() && !"({".contains(c)).to_owned();
        let params = self.signature();
        let body = self.next_block()?;
        (!name.is_empty()).then_some(PsStep::Function { name, params, body })
    }

    /// The parameters in parentheses, if any come next.
    fn signature(&mut self) -> Vec<PsParam> {
        let end = self.at;
        self.lines();
        if self.eat("(") {
            return self.within(')', |reader| reader.params()).unwrap_or_default();
        }
        self.at = end;
        Vec::new()
    }

    /// Parameters up to the closing parenthesis.
    pub(super) fn params(&mut self) -> Vec<PsParam> {
        let mut found = Vec::new();
        let mut class = None;
        loop {
            self.lines();
            let at = self.at;
            match self.peek() {
                None | Some(')' | '}') => return found,
                Some('[') => {
                    if let Some(name) = self.class() {
                        class = Some((name, self.since(at)));
                    }
                }
                Some('$') => {
                    self.bump();
                    let name = self.name().map(|name| name.key()).unwrap_or_default();
                    self.lines();
                    let default = self.eat("=").then(|| {
                        self.lines();
                        self.expression(false)
                    });
                    found.push(PsParam { name, class: class.take(), default, span: self.since(at) });
                }
                Some(_) => drop(self.bump()),
            }
            if self.at == at {
                self.bump();
            }
        }
    }

    pub(super) fn class_statement(&mut self) -> Option<PsStep> {
        self.space();
        let name = self.take_while(is_name).to_owned();
        self.lines();
        let mut base = None;
        if self.eat(":") {
            self.lines();
            let start = self.at;
            let class = self.take_while(|c| is_name(c) || c == '.').to_owned();
            base = Some((class, self.since(start)));
            self.take_while(|c| c != '{' && c != '\n');
            self.lines();
        }
        if name.is_empty() || !self.eat("{") {
            return None;
        }
        let (properties, methods) = self.within('}', |reader| reader.members()).unwrap_or_default();
        Some(PsStep::Class { name, base, properties, methods })
    }

    /// The members of a class.
    fn members(&mut self) -> (Vec<PsParam>, Vec<PsStatement>) {
        let (mut properties, mut methods) = (Vec::new(), Vec::new());
        let mut class = None;
        loop {
            self.lines();
            let at = self.at;
            match self.peek() {
                None | Some('}') => return (properties, methods),
                Some('[') => {
                    if let Some(name) = self.class() {
                        class = Some((name, self.since(at)));
                    }
                }
                Some('$') => {
                    self.bump();
                    let name = self.name().map(|name| name.key()).unwrap_or_default();
                    self.space();
                    let default = self.eat("=").then(|| {
                        self.lines();
                        self.expression(true)
                    });
                    properties.push(PsParam { name, class: class.take(), default, span: self.since(at) });
                }
                Some(c) if is_name(c) => {
                    let name = self.take_while(is_name).to_owned();
                    if self.peek() == Some('(') {
                        class = None;
                        methods.extend(self.method(name, at));
                    }
                }
                Some(_) => drop(self.bump()),
            }
            if self.at == at {
                self.bump();
            }
        }
    }

    fn method(&mut self, name: String, start: usize) -> Option<PsStatement> {
        let params = self.signature();
        // `: base($x)`
        self.skip_to_block();
        let body = self.next_block()?;
        Some(PsStatement { step: PsStep::Function { name, params, body }, span: self.since(start) })
    }
}
