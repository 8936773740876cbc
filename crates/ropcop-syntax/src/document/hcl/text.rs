//! Texts of HCL: quoted ones and here-documents.

use std::ops::Range;

use tree_sitter::Node as Tree;

use super::expression::HclFile;
use crate::document::literal::{Cut, ScalarSpelling, template};
use crate::text::template::Template;
use crate::tree;

/// Templates in templates deeper than this are left as they stand.
const DEPTH: usize = 20;

impl HclFile<'_> {
    /// `"…"`.
    pub(super) fn quoted(&self, node: Tree<'_>) -> Template {
        let source = self.source(node);
        let end = node.end_byte() - usize::from(source.len() > 1 && source.ends_with('"'));
        let content = (node.start_byte() + 1).min(end)..end;
        template(self.text, content, self.cuts(node), ScalarSpelling { backslash: true, doubled: true })
    }

    /// `<<END … END`.
    pub(super) fn document(&self, node: Tree<'_>) -> Template {
        let source = self.source(node);
        let start = node.start_byte() + source.find('\n').map_or(source.len(), |end| end + 1);
        let end = node.start_byte() + source.rfind('\n').map_or(source.len(), |end| end + 1);
        let content = start..end.max(start);
        let mut cuts = self.cuts(node);
        if source.starts_with("<<-") {
            cuts.extend(self.margins(content.clone()));
            cuts.sort_by_key(|(range, _)| range.start);
        }
        template(self.text, content, cuts, ScalarSpelling { backslash: false, doubled: true })
    }

    /// The white space that all lines begin with.
    fn margins(&self, content: Range<usize>) -> Vec<(Range<usize>, Cut)> {
        let text = self.text.get(content.clone()).unwrap_or_default();
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let lines = text.split_inclusive('\n');
        let margin = lines.clone().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
        let mut at = content.start;
        let mut cuts = Vec::new();
        for line in lines {
            cuts.push((at..at + margin.min(indent(line)), Cut::Nothing));
            at += line.len();
        }
        cuts
    }

    /// The stretches of a template that are filled or left out.
    fn cuts(&self, node: Tree<'_>) -> Vec<(Range<usize>, Cut)> {
        let mut cuts = Vec::new();
        self.collect(node, &mut cuts, 0);
        cuts
    }

    fn collect(&self, node: Tree<'_>, cuts: &mut Vec<(Range<usize>, Cut)>, depth: usize) {
        for child in tree::named(node) {
            match child.kind() {
                "template_interpolation" => cuts.push((child.byte_range(), Cut::Hole(self.name(child)))),
                "template_directive" | "template_if" | "template_for" if depth < DEPTH => {
                    self.collect(child, cuts, depth + 1);
                }
                kind if kind.starts_with("template_if") || kind.starts_with("template_else") => {
                    cuts.push((child.byte_range(), Cut::Nothing));
                }
                kind if kind.starts_with("template_for") => cuts.push((child.byte_range(), Cut::Nothing)),
                _ => {}
            }
        }
    }
}
