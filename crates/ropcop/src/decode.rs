//! From the bytes of a file to its text.

use std::borrow::Cow;

/// How the bytes of a file were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 behind a byte order mark, which is not part of the text.
    Utf8Mark,
    /// UTF-16, with or without a byte order mark.
    Utf16,
    /// None of these: read as Windows-1252, which gives every byte a character.
    Guessed,
}

/// Only so many bytes are looked at to tell text from other things.
const HEAD: usize = 8192;

/// The text of a file, or none if it is not text. UTF-8 is borrowed: the usual case costs one check.
pub(crate) fn decode(bytes: &[u8]) -> Option<(Cow<'_, str>, Encoding)> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Some(utf8(rest, Encoding::Utf8Mark));
    }
    if let Some(encoding) = utf16(bytes) {
        let (text, _, _) = encoding.decode(bytes);
        return Some((text.into_owned().into(), Encoding::Utf16));
    }
    (!is_binary(bytes)).then(|| utf8(bytes, Encoding::Utf8))
}

/// Whether the bytes are UTF-16, which must be decoded before anything can be searched in them.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    utf16(bytes).is_some()
}

/// Whether the bytes are no text: a NUL near the beginning, as Git decides it.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(HEAD)].contains(&0)
}

fn utf8(bytes: &[u8], encoding: Encoding) -> (Cow<'_, str>, Encoding) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), encoding),
        Err(_) => (encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0, Encoding::Guessed),
    }
}

/// By the byte order mark; without one, by its characters: program text is mostly ASCII, of which every other byte
/// is zero in UTF-16.
fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(encoding_rs::UTF_16LE),
        [0xfe, 0xff, ..] => return Some(encoding_rs::UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    if head.len() < 4 || !head.contains(&0) {
        return None;
    }
    let units = head.len() / 2;
    // ASCII of which the first, or the second, of two bytes is zero.
    let ascii = |zero: usize| {
        let text = |byte: u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
        head.chunks_exact(2).filter(|unit| unit[zero] == 0 && text(unit[1 - zero])).count()
    };
    if ascii(1) * 2 > units {
        Some(encoding_rs::UTF_16LE)
    } else if ascii(0) * 2 > units {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_bytes(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn text_is_found_in_every_usual_encoding() {
        let text = "az login # ü\r\n";
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (marked(b"\xef\xbb\xbf", text.into()), Encoding::Utf8Mark),
            (marked(b"\xff\xfe", utf16_bytes(text, false)), Encoding::Utf16),
            (marked(b"\xfe\xff", utf16_bytes(text, true)), Encoding::Utf16),
            (utf16_bytes(text, false), Encoding::Utf16),
            (utf16_bytes(text, true), Encoding::Utf16),
            (b"az login # \xfc\r\n".to_vec(), Encoding::Guessed),
        ] {
            let (decoded, found) = decode(&bytes).expect("it is text");
            assert_eq!((&*decoded, found), (text, encoding));
        }
    }

    #[test]
    fn other_things_are_not_text() {
        assert!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0").is_none());
        assert!(decode(b"").is_some_and(|(text, _)| text.is_empty()));
        assert!(is_utf16(b"\xff\xfea\0"));
    }
}
