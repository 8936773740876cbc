//! Statements.

use super::reader::{PowerShellReader, is_dash, is_double_quote, is_name, is_single_quote};
use super::syntax::{Assignment, Producer, PsBlock, PsElement, PsStatement, PsStep};

impl PowerShellReader<'_> {
    /// Statements up to a closing bracket that something waits for, or the end.
    pub(super) fn statements(&mut self) -> Vec<PsStatement> {
        let mut found = Vec::new();
        loop {
            self.lines();
            let at = self.at;
            match self.peek() {
                None => return found,
                Some(c @ ('}' | ')' | ']')) if self.closers.contains(&c) => return found,
                Some(';') => drop(self.bump()),
                Some('|') => drop(self.bump()),
                Some('&') if self.second() == Some('&') => self.at += 2,
                Some(_) => found.push(self.statement()),
            }
            if self.at == at {
                self.bump();
                self.errors.push(self.since(at));
            }
        }
    }

    /// `{…}`
    pub(super) fn block(&mut self) -> PsBlock {
        let start = self.at;
        self.bump();
        let statements = self.within('}', |reader| reader.statements()).unwrap_or_default();
        PsBlock { statements, span: self.since(start) }
    }

    /// One statement.
    pub(super) fn statement(&mut self) -> PsStatement {
        let start = self.at;
        let step = self.keyword_step().unwrap_or_else(|| self.pipeline());
        PsStatement { step, span: self.since(start) }
    }

    /// The block that comes next, on this line or a later one; none if none does.
    pub(super) fn next_block(&mut self) -> Option<PsBlock> {
        let at = self.at;
        self.lines();
        if self.peek() == Some('{') {
            return Some(self.block());
        }
        self.at = at;
        None
    }

    /// What stands in the parentheses that come next.
    fn head(&mut self) -> Vec<PsStatement> {
        self.lines();
        if !self.eat("(") {
            return Vec::new();
        }
        self.within(')', |reader| reader.statements()).unwrap_or_default()
    }

    /// A statement that begins with a keyword; none if the word is a command.
    fn keyword_step(&mut self) -> Option<PsStep> {
        let start = self.at;
        if self.peek() == Some(':') && self.second().is_some_and(is_name) {
            // A label.
            self.bump();
            self.take_while(is_name);
            self.lines();
        }
        let word = self.take_while(|c| is_name(c) || c == '-').to_ascii_lowercase();
        let end = self.at;
        self.lines();
        let next = self.peek();
        self.at = end;
        let follows = |wanted: &str| next.is_some_and(|c| wanted.contains(c));
        let found = match word.as_str() {
            "if" if follows("(") => Some(self.choice()),
            "switch" if follows("(-") => Some(self.switch()),
            "while" | "for" if follows("(") => Some(self.looping()),
            "foreach" if follows("(-") => Some(self.each()),
            "do" if follows("{") => Some(self.doing()),
            "try" if follows("{") => Some(self.trying()),
            "begin" | "process" | "end" | "clean" | "dynamicparam" | "parallel" | "sequence" | "inlinescript"
            | "data"
                if follows("{") =>
            {
                self.next_block().map(|block| PsStep::Blocks(vec![(block, true)]))
            }
            "trap" | "finally" | "catch" | "else" | "elseif" => {
                // Where the statement that it belongs to was not understood, what is in it still counts.
                self.skip_to_block();
                self.next_block().map(|block| PsStep::Blocks(vec![(block, false)]))
            }
            "function" | "filter" | "workflow" | "configuration" => self.function(),
            "param" if follows("(") => {
                self.lines();
                self.bump();
                self.within(')', |reader| reader.params()).map(PsStep::Params)
            }
            "class" => self.class_statement(),
            "enum" => {
                self.skip_to_block();
                self.next_block().map(|_| PsStep::Blocks(Vec::new()))
            }
            "using" => self.using(),
            "return" | "exit" | "break" | "continue" => Some(PsStep::Return(self.operand_statement())),
            "throw" => Some(PsStep::Throw(self.operand_statement())),
            _ => None,
        };
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn operand_statement(&mut self) -> Option<Box<PsStatement>> {
        self.space();
        let ends = matches!(self.peek(), None | Some('\n' | '\r' | ';' | '}' | ')'));
        if ends { None } else { self.deeper(|reader| Box::new(reader.statement())) }
    }

    pub(super) fn skip_to_block(&mut self) {
        self.take_while(|c| !"{}\n;".contains(c));
    }

    fn choice(&mut self) -> PsStep {
        let (mut tests, mut arms) = (self.head(), Vec::new());
        arms.extend(self.next_block());
        let exhaustive = loop {
            let end = self.at;
            self.lines();
            let word = self.take_while(is_name);
            if word.eq_ignore_ascii_case("elseif") {
                tests.extend(self.head());
                arms.extend(self.next_block());
                continue;
            }
            let is_else = word.eq_ignore_ascii_case("else");
            if is_else {
                arms.extend(self.next_block());
            } else {
                self.at = end;
            }
            break is_else;
        };
        PsStep::Choice { tests, arms, exhaustive }
    }

    fn switch(&mut self) -> PsStep {
        self.take_while(|c| !"({\n".contains(c));
        let mut tests = if self.peek() == Some('(') { self.head() } else { Vec::new() };
        self.lines();
        let mut arms = Vec::new();
        let mut exhaustive = false;
        if self.eat("{") {
            self.within('}', |reader| reader.clauses(&mut tests, &mut arms, &mut exhaustive));
        }
        PsStep::Choice { tests, arms, exhaustive }
    }

    /// The clauses of a `switch`: a pattern and a block each.
    fn clauses(&mut self, tests: &mut Vec<PsStatement>, arms: &mut Vec<PsBlock>, exhaustive: &mut bool) {
        let mut has_pattern = false;
        loop {
            self.lines();
            let at = self.at;
            match self.peek() {
                None | Some('}') => return,
                Some(c @ (')' | ']')) if self.closers.contains(&c) => return,
                Some(';') => {
                    self.bump();
                    continue;
                }
                Some('{') => {
                    // A pattern can be code itself.
                    let block = self.block();
                    if has_pattern {
                        arms.push(block)
                    } else {
                        tests.extend(block.statements)
                    }
                    has_pattern = !has_pattern;
                    continue;
                }
                Some('(' | '$') => drop(self.expression(true)),
                Some(c) if is_single_quote(c) || is_double_quote(c) => drop(self.quoted()),
                Some(_) => {
                    let word = self.take_while(|c| !c.is_whitespace() && !"{};".contains(c));
                    *exhaustive |= word.eq_ignore_ascii_case("default");
                }
            }
            has_pattern = true;
            if self.at == at {
                self.bump();
            }
        }
    }

    fn looping(&mut self) -> PsStep {
        let head = self.head();
        let body = self.next_block().unwrap_or(PsBlock { statements: Vec::new(), span: self.since(self.at) });
        PsStep::Loop { variable: None, head, body }
    }

    fn each(&mut self) -> PsStep {
        self.take_while(|c| !"({\n".contains(c));
        let mut variable = None;
        let mut head = Vec::new();
        if self.eat("(") {
            let read = self.within(')', |reader| {
                reader.lines();
                let name = if reader.eat("$") { reader.name() } else { None };
                reader.lines();
                reader.take_while(is_name);
                (name, reader.statements())
            });
            (variable, head) = read.unwrap_or_default();
        }
        let body = self.next_block().unwrap_or(PsBlock { statements: Vec::new(), span: self.since(self.at) });
        PsStep::Loop { variable, head, body }
    }

    fn doing(&mut self) -> PsStep {
        let body = self.next_block().unwrap_or(PsBlock { statements: Vec::new(), span: self.since(self.at) });
        let end = self.at;
        self.lines();
        let word = self.take_while(is_name);
        if word.eq_ignore_ascii_case("while") || word.eq_ignore_ascii_case("until") {
            let head = self.head();
            return PsStep::Loop { variable: None, head, body };
        }
        self.at = end;
        PsStep::Loop { variable: None, head: Vec::new(), body }
    }

    fn trying(&mut self) -> PsStep {
        let mut blocks: Vec<(PsBlock, bool)> = self.next_block().map(|block| (block, true)).into_iter().collect();
        loop {
            let end = self.at;
            self.lines();
            let word = self.take_while(is_name);
            let is_finally = word.eq_ignore_ascii_case("finally");
            if !is_finally && !word.eq_ignore_ascii_case("catch") {
                self.at = end;
                return PsStep::Blocks(blocks);
            }
            self.skip_to_block();
            blocks.extend(self.next_block().map(|block| (block, is_finally)));
        }
    }

    fn using(&mut self) -> Option<PsStep> {
        self.space();
        let what = self.take_while(is_name).to_ascii_lowercase();
        if !["namespace", "module", "assembly", "type"].contains(&what.as_str()) {
            return None;
        }
        self.space();
        let start = self.at;
        if self.rest().starts_with("@{") {
            drop(self.primary());
            self.needs.push(self.since(start));
            return Some(PsStep::Blocks(Vec::new()));
        }
        let name = self.take_while(|c| is_name(c) || c == '.').to_owned();
        self.take_while(|c| c != '\n' && c != ';');
        Some(if what == "namespace" { PsStep::Using(name) } else { PsStep::Blocks(Vec::new()) })
    }

    /// Elements with `|` between, or an assignment.
    fn pipeline(&mut self) -> PsStep {
        let mut elements = Vec::new();
        loop {
            let element = self.element();
            if elements.is_empty()
                && let Producer::Value(_) = &element.source
                && let Some(how) = self.assignment()
            {
                let Producer::Value(target) = element.source else { return PsStep::Pipeline(elements) };
                self.lines();
                let at = self.at;
                let value = self.deeper(|reader| reader.statement());
                let value = value.unwrap_or(PsStatement { step: PsStep::Pipeline(Vec::new()), span: self.since(at) });
                return PsStep::Assign { target, how, value: Box::new(value) };
            }
            elements.push(element);
            let end = self.at;
            self.lines();
            if self.peek() != Some('|') || self.second() == Some('|') {
                self.at = end;
                return PsStep::Pipeline(elements);
            }
            self.bump();
            self.lines();
        }
    }

    fn assignment(&mut self) -> Option<Assignment> {
        let end = self.at;
        self.space();
        if self.peek() == Some('=') {
            self.bump();
            return Some(Assignment::Set);
        }
        if self.eat("+=") {
            return Some(Assignment::Add);
        }
        if ["-=", "*=", "/=", "%=", "??="].into_iter().any(|operator| self.eat(operator)) {
            return Some(Assignment::Other);
        }
        self.at = end;
        None
    }

    fn element(&mut self) -> PsElement {
        let mut redirections = Vec::new();
        if !self.starts_expression() {
            let command = self.command(&mut redirections);
            return PsElement { source: Producer::Command(command), redirections };
        }
        let value = self.expression(true);
        loop {
            let end = self.at;
            self.space();
            if !self.redirection(&mut redirections) {
                self.at = end;
                break;
            }
        }
        PsElement { source: Producer::Value(value), redirections }
    }

    fn starts_expression(&self) -> bool {
        let Some(first) = self.peek() else { return false };
        match first {
            '$' | '(' | '{' | '[' | '!' | ',' | '+' => true,
            '@' => true,
            _ if is_single_quote(first) || is_double_quote(first) => true,
            _ if is_dash(first) => !self.second().is_some_and(|c| c.is_alphabetic()) || self.begins_with_operator(),
            '0'..='9' => self.is_number(),
            _ => false,
        }
    }

    /// `-not $x`, `-join $x`
    fn begins_with_operator(&self) -> bool {
        let name = self.rest().trim_start_matches(is_dash).split(|c: char| !c.is_ascii_alphabetic()).next();
        ["not", "bnot", "join", "split"].iter().any(|known| name.is_some_and(|name| name.eq_ignore_ascii_case(known)))
    }

    fn is_number(&self) -> bool {
        let digits = self.rest().trim_start_matches(|c: char| c.is_ascii_hexdigit() || "xX.".contains(c));
        let bare = digits.trim_start_matches(|c: char| "kKmMgGtTpPbBlLdDuUsSyYnN".contains(c));
        digits.len() - bare.len() <= 4
            && bare.chars().next().is_none_or(|c| c.is_whitespace() || "()[]{};,|&+-*/%=<>".contains(c))
    }
}
