use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args[0] == "rep" {
        let n: usize = args[1].parse().unwrap();
        for o in [
            "$(",
            "${",
            "\"$(",
            "`",
            "((",
            "{ ",
            "if x; then ",
            "a && ",
            "a | ",
            "<<A ",
            "'",
            "f() { f; ",
            "[[ ",
            "$((",
            "a=(",
            "case x in y) ",
        ] {
            let t = Instant::now();
            let s = ropcop_syntax::Source::detect("x.sh", &o.repeat(n)).unwrap();
            let c = ropcop_syntax::extract(&s, &|_| true).commands.len();
            eprintln!("{o:?} {c} {:?}", t.elapsed());
        }
        return;
    }
    for f in &args {
        let Ok(text) = std::fs::read_to_string(f) else { continue };
        let t = Instant::now();
        let s = ropcop_syntax::Source::detect("x.sh", &text).unwrap();
        let facts = ropcop_syntax::extract(&s, &|_| true);
        println!("{f} {} commands, {} errors {:?}", facts.commands.len(), facts.syntax_errors.len(), t.elapsed());
        for c in facts.commands {
            let words: Vec<String> = c
                .words
                .iter()
                .map(|w| {
                    w.parts
                        .iter()
                        .map(|p| match p {
                            ropcop_syntax::Part::Text(t) => t.clone(),
                            ropcop_syntax::Part::Variable(v) => format!("${v}"),
                            _ => "?".into(),
                        })
                        .collect::<String>()
                })
                .collect();
            println!(
                "   {:?} {} {:?}{}",
                c.certainty,
                text[..c.span.start].matches('\n').count() + 1,
                words.join(" "),
                if c.related.is_empty() { "" } else { " REL" }
            );
        }
    }
}
