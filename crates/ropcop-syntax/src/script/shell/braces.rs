//! `{a,b}` and `{1..3}`: one word as written that is several.

use crate::Part;

use super::print::sub_atom;
use super::script::{Piece, RawWord};
use super::value::Atom;

/// A word that would become more words than this stays as it is.
const MOST: usize = 64;
/// A word of more pieces and signs stays as it is, too.
const LONGEST: usize = 512;
/// Braces within and behind braces are followed to this depth.
const DEPTH: usize = 8;

/// A piece of a word, with the sign that it is unless it is quoted.
type BraceToken = (Option<char>, Piece);

/// The words that a word becomes, in their order.
pub(super) fn expanded(word: RawWord) -> Vec<RawWord> {
    let has = |text: &str| word.pieces.iter().filter_map(bare).any(|found| found.contains(text));
    if !has("{") || !(has(",") || has("..")) || word.pieces.len() > LONGEST {
        return vec![word];
    }
    let tokens: Vec<BraceToken> = word.pieces.iter().flat_map(tokens).collect();
    let mut found = Vec::new();
    if tokens.len() > LONGEST || !expand(&tokens, &mut found, DEPTH) || found.len() == 1 {
        return vec![word];
    }
    let pieces = |tokens: Vec<BraceToken>| tokens.into_iter().map(|(_, piece)| piece).collect();
    found.into_iter().map(|tokens| RawWord { pieces: pieces(tokens), ..word.clone() }).collect()
}

/// The text of a piece that stands without quotes.
fn bare(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Known(atom) if !atom.quoted => atom.part.text(),
        _ => None,
    }
}

fn tokens(piece: &Piece) -> Vec<BraceToken> {
    let (Piece::Known(atom), Some(text)) = (piece, bare(piece)) else { return vec![(None, piece.clone())] };
    let verbatim = text.len() == atom.span.end - atom.span.start;
    let part = |from, to| Piece::Known(sub_atom(atom, from, to, verbatim));
    let mut tokens = Vec::new();
    let mut from = 0;
    for (at, sign) in text.match_indices(['{', ',', '}']) {
        if at > from {
            tokens.push((None, part(from, at)));
        }
        from = at + sign.len();
        tokens.push((sign.chars().next(), part(at, from)));
    }
    if text.len() > from {
        tokens.push((None, part(from, text.len())));
    }
    tokens
}

/// Adds the words that the tokens become; false if they are too many.
fn expand(tokens: &[BraceToken], found: &mut Vec<Vec<BraceToken>>, depth: usize) -> bool {
    let mut opens = tokens.iter().enumerate().filter(|(_, (sign, _))| *sign == Some('{'));
    let first = opens.find_map(|(at, _)| Some((at, group(&tokens[at + 1..])?)));
    let Some((open, (parts, close))) = first.filter(|_| depth > 0) else {
        found.push(tokens.to_vec());
        return found.len() <= MOST;
    };
    let (before, behind) = (&tokens[..open], &tokens[open + close + 2..]);
    let mut rests = Vec::new();
    expand(behind, &mut rests, depth - 1)
        && parts.iter().all(|part| {
            let mut inner = Vec::new();
            let fits = expand(part, &mut inner, depth - 1) && found.len() + inner.len() * rests.len() <= MOST;
            if fits {
                let words = inner.iter().flat_map(|inner| rests.iter().map(|rest| [before, inner, rest].concat()));
                found.extend(words);
            }
            fits
        })
}

/// The parts of a group from behind its brace, and where it is closed; none if it is no group.
fn group(tokens: &[BraceToken]) -> Option<(Vec<Vec<BraceToken>>, usize)> {
    let mut parts = vec![Vec::new()];
    let mut deep = 0;
    for (at, (sign, piece)) in tokens.iter().enumerate() {
        match sign {
            Some(',') if deep == 0 => {
                parts.push(Vec::new());
                continue;
            }
            Some('}') if deep == 0 => {
                let parts = if parts.len() > 1 { parts } else { sequence(&parts[0])? };
                return Some((parts, at));
            }
            Some('{') => deep += 1,
            Some('}') => deep -= 1,
            _ => {}
        }
        parts.last_mut()?.push((*sign, piece.clone()));
    }
    None
}

/// `1..3`, `a..c`.
fn sequence(tokens: &[BraceToken]) -> Option<Vec<Vec<BraceToken>>> {
    let [(None, Piece::Known(atom))] = tokens else { return None };
    let (first, last) = atom.part.text()?.split_once("..")?;
    let letter = |text: &str| match text.as_bytes() {
        [byte] if byte.is_ascii_alphabetic() => Some(i64::from(*byte)),
        _ => None,
    };
    let (from, to, letters) = match (first.parse::<i64>(), last.parse::<i64>()) {
        (Ok(from), Ok(to)) => (from, to, false),
        _ => (letter(first)?, letter(last)?, true),
    };
    let count = i64::try_from(from.abs_diff(to)).ok().filter(|count| *count < MOST as i64)?;
    let numbers = (0..=count).map(|step| if from <= to { from + step } else { from - step });
    let text = |number: i64| match u8::try_from(number) {
        Ok(byte) if letters => char::from(byte).to_string(),
        _ => number.to_string(),
    };
    let piece = |number| Piece::Known(Atom { part: Part::Text(text(number)), ..atom.clone() });
    Some(numbers.map(|number| vec![(None, piece(number))]).collect())
}
