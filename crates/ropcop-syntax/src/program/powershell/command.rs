//! Commands and their words.

use super::reader::{PowerShellReader, is_dash, is_double_quote, is_name, is_single_quote};
use super::syntax::{CommandLine, PsExpr, PsExprKind, PsPiece};
use super::text::TextPieces;

impl PowerShellReader<'_> {
    /// A command up to the end of its line or the next `|`, and the files it is redirected to.
    pub(super) fn command(&mut self, redirections: &mut Vec<PsExpr>) -> CommandLine {
        let start = self.at;
        if self.peek() == Some('&')
            || self.peek() == Some('.') && !self.second().is_some_and(|c| is_name(c) || ".\\/".contains(c))
        {
            self.bump();
        }
        let mut words: Vec<PsExpr> = Vec::new();
        let mut end = self.at;
        loop {
            self.space();
            let at = self.at;
            match self.peek() {
                None | Some('\n' | '\r' | ';' | '|' | '&' | ')' | '}') => break,
                Some(',') => {
                    self.bump();
                    continue;
                }
                Some(_) if self.rest().starts_with("--%") => {
                    self.at += 3;
                    self.verbatim(&mut words);
                }
                Some(_) if self.redirection(redirections) => continue,
                Some(_) => words.push(self.argument()),
            }
            if self.at == at {
                self.bump();
            }
            end = self.at;
        }
        self.at = end.max(self.at);
        let from = words.first().map_or(start, |word| word.span.start);
        let to = words.last().map_or(from, |word| word.span.end);
        CommandLine { words, span: crate::Span::new(from, to) }
    }

    /// `> file`, `2>&1`, `*>> file`; false if none is next.
    pub(super) fn redirection(&mut self, targets: &mut Vec<PsExpr>) -> bool {
        let rest = self.rest();
        let bare = rest.strip_prefix(|c: char| c.is_ascii_digit() || c == '*').unwrap_or(rest);
        if !bare.starts_with('>') {
            return false;
        }
        let is_output = bare.len() == rest.len() || rest.starts_with(['1', '*']);
        self.at += rest.len() - bare.trim_start_matches('>').len();
        if self.eat("&") {
            self.take_while(|c| c.is_ascii_digit());
            return true;
        }
        self.space();
        if !matches!(self.peek(), None | Some('\n' | '\r' | ';' | '|' | '&' | ')' | '}')) {
            let target = self.argument();
            if is_output {
                targets.push(target);
            }
        }
        true
    }

    /// Words behind `--%`, which nothing expands.
    fn verbatim(&mut self, words: &mut Vec<PsExpr>) {
        loop {
            self.take_while(|c| c == ' ' || c == '\t');
            let start = self.at;
            if matches!(self.peek(), None | Some('\n' | '\r' | '|')) {
                return;
            }
            let mut pieces = TextPieces::default();
            let mut quoted = false;
            while let (at, Some(c)) = (self.at, self.peek()) {
                if matches!(c, '\n' | '\r') || !quoted && (c.is_whitespace() || c == '|') {
                    break;
                }
                self.bump();
                if c == '"' { quoted = !quoted } else { pieces.push(c, at) }
            }
            words.push(PsExpr { kind: PsExprKind::Word(pieces.list), span: self.since(start) });
        }
    }

    /// One word; with commas behind it, all words of the list.
    fn argument(&mut self) -> PsExpr {
        let start = self.at;
        let mut items = vec![self.word()];
        loop {
            let end = self.at;
            self.space();
            if !self.eat(",") {
                self.at = end;
                break;
            }
            self.lines();
            if matches!(self.peek(), None | Some(';' | '|' | '&' | ')' | '}' | ',')) {
                break;
            }
            items.push(self.word());
        }
        match items.pop() {
            Some(only) if items.is_empty() => only,
            last => {
                items.extend(last);
                PsExpr { kind: PsExprKind::List(items), span: self.since(start) }
            }
        }
    }

    /// A word: a value with its members, or letters with values in between.
    fn word(&mut self) -> PsExpr {
        let start = self.at;
        let mut pieces = TextPieces::default();
        match self.peek() {
            Some('(' | '{') => {
                let head = self.primary();
                return self.links(head, false);
            }
            Some('@') if self.second().is_some_and(|c| is_name(c) || "({".contains(c)) => {
                let head = self.primary();
                return self.links(head, false);
            }
            Some('@') => {
                if let Some(text) = self.here_string() {
                    return text;
                }
            }
            Some('$') => {
                let head = self.primary();
                let value = self.links(head, false);
                if self.at_end_of_word() || matches!(value.kind, PsExprKind::Nothing) {
                    return value;
                }
                pieces.hole(value);
            }
            Some(c) if is_single_quote(c) || is_double_quote(c) => {
                let head = self.quoted();
                return self.links(head, false);
            }
            Some(c) if is_dash(c) => {
                if let Some(parameter) = self.parameter() {
                    return parameter;
                }
            }
            Some('<') => self.placeholder(&mut pieces),
            _ => {}
        }
        self.letters(&mut pieces);
        PsExpr { kind: PsExprKind::Word(pieces.list), span: self.since(start) }
    }

    fn at_end_of_word(&self) -> bool {
        self.peek().is_none_or(|c| c.is_whitespace() || "(){};,|&>".contains(c))
    }

    /// `<name>` stands for something that is to be filled in.
    fn placeholder(&mut self, pieces: &mut TextPieces) {
        let length = self.rest().find(|c: char| "<>\n\"'".contains(c) && c != '<' || c == ';').unwrap_or(0);
        if !self.rest()[length..].starts_with('>') {
            return;
        }
        let end = self.at + length;
        while let (at, Some(c)) = (self.at, self.peek()) {
            self.bump();
            pieces.push(c, at);
            if at == end {
                return;
            }
        }
    }

    /// `-Name` or `-Name:value`; none if the word goes on in another way.
    fn parameter(&mut self) -> Option<PsExpr> {
        let start = self.at;
        self.bump();
        let is_parameter = self.peek().is_some_and(|c| c.is_alphabetic() || c == '_' || c == '?');
        self.take_while(|c| is_name(c) || c == '-' || c == '?');
        let has_value = self.peek() == Some(':') && is_parameter;
        if !is_parameter || !(has_value || self.at_end_of_word()) {
            self.at = start;
            return None;
        }
        if has_value {
            self.bump();
        }
        let text = self.text[start..self.at].to_owned();
        let mut list = vec![PsPiece::Known { text, at: start }];
        if has_value {
            let end = self.at;
            self.take_while(|c| c == ' ' || c == '\t');
            if self.at_end_of_word() && !matches!(self.peek(), Some('(' | '{')) {
                self.at = end;
            } else {
                list.push(PsPiece::Hole(self.argument()));
            }
        }
        Some(PsExpr { kind: PsExprKind::Word(list), span: self.since(start) })
    }

    /// The rest of a word that has begun with letters.
    fn letters(&mut self, pieces: &mut TextPieces) {
        while !self.at_end_of_word() {
            let at = self.at;
            let Some(c) = self.bump() else { return };
            match c {
                '$' => {
                    self.at = at;
                    match self.variable() {
                        Some(value) => pieces.hole(value),
                        None => {
                            self.bump();
                            pieces.push(c, at);
                        }
                    }
                }
                '`' if matches!(self.peek(), Some('\n' | '\r')) => {
                    self.at = at;
                    return;
                }
                '`' => self.escape(pieces, at),
                _ if is_single_quote(c) || is_double_quote(c) => {
                    self.at = at;
                    let PsExprKind::Text(list) = self.quoted().kind else { return };
                    pieces.join(list);
                }
                _ => pieces.push(c, at),
            }
        }
    }
}
