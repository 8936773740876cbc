//! Command lines: option grammars and how words are read by them.
