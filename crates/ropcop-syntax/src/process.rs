//! Commands that a program hands to a process.
