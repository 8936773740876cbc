//! Lists the rule files, so that they can be embedded.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let mut out = String::from(
        "/// Path below `rules/` and text of every rule file and what rules share, in the order of their paths.\n\
         pub const FILES: &[(&str, &str)] = &[\n",
    );
    let mut files = Vec::new();
    // Which folders there are is the engine's business: whatever lies beside the rules is taken along.
    let folders = entries(Path::new(&root)).into_iter().filter(|path| path.is_dir());
    for folder in folders.chain([Path::new(&root).to_owned()]) {
        println!("cargo:rerun-if-changed={}", folder.display());
        files.extend(entries(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "toml")));
    }
    files.retain(|path| path.file_name().is_some_and(|name| name != "Cargo.toml"));
    files.sort();
    for file in files {
        let name = file.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
        println!("cargo:rerun-if-changed={}", file.display());
        writeln!(out, "    ({name:?}, include_str!({:?})),", file.display().to_string())
            .expect("a string takes everything");
    }
    out.push_str("];\n");
    let target = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("files.rs");
    fs::write(target, out).expect("OUT_DIR can be written");
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect()).unwrap_or_default()
}
