//! Records in scripts, command lines, Dockerfiles and pipelines in Groovy. A record is written as the first letter of its
//! kind and its fields; `$NAME` is a value with a name, `?` one without.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

use ropcop_syntax::{Field, Part, Record, RecordKind, Source, Value, extract};

fn records(path: &str, text: &str) -> Vec<Record> {
    let source = Source::detect(path, text).unwrap();
    let records = extract(&source, &|_| true).records;
    for field in records.iter().flat_map(|record| &record.fields) {
        let (key, value) = (field.key_span, field.span);
        let written = text[key.start..key.end].trim_matches('%');
        if written.starts_with(['$', ')']) {
            // It stands in a variable of the makefile, and is reported where that is used.
            continue;
        }
        assert!(written.eq_ignore_ascii_case(&field.key), "{written:?} is not {} in\n{text}", field.key);
        if let Some(known) = field.value.text() {
            assert_eq!(&text[value.start..value.end], known, "the value of {} in\n{text}", field.key);
        }
    }
    records
}

fn shown_field(field: &Field) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(name) => format!("${name}"),
        Part::Output { .. } | Part::Unknown => "?".to_owned(),
    };
    let value = match &field.value {
        Value::Text(parts) => parts.iter().map(part).collect(),
        Value::Dynamic { name: Some(name) } => format!("${name}"),
        Value::Dynamic { name: None } => "?".to_owned(),
        other => format!("{other:?}"),
    };
    format!("{}={value}", field.key)
}

fn shown(record: &Record) -> String {
    let kind = match record.kind {
        RecordKind::Environment => "E",
        RecordKind::Mapping => "M",
        RecordKind::Text => "T",
        RecordKind::Versions => "V",
    };
    let fields: Vec<String> = record.fields.iter().map(shown_field).collect();
    format!("{kind} {}", fields.join(" "))
}

#[track_caller]
fn check(path: &str, text: &str, wanted: &[&str]) {
    let found: Vec<String> = records(path, text).iter().map(shown).collect();
    assert_eq!(found, wanted, "in {path}:\n{text}");
}

#[track_caller]
fn shell(text: &str, wanted: &[&str]) {
    check("script.sh", text, wanted);
}

#[test]
fn exports_of_a_file_are_one_record() {
    shell("export A=b\ntool\nexport C=\"d e\" E=$F\n", &["E A=b C=d e E=$F"]);
    shell("A=b\nX=y\nexport A\nexport Q\n", &["E A=b Q=$Q"]);
    shell("declare -x A=b\ntypeset -gx C='d'\nlocal Z=1\nreadonly R=2\n", &["E A=b C=d"]);
    shell("set -a\nA=b\nset +a\nC=d\ntool\n", &["E A=b"]);
    shell("set -o allexport\nA=b\nset +o allexport\nC=d\ntool\n", &["E A=b"]);
    shell("export A= B=\"\" C=$(tool x) D=\"${E:-f}\" G=\"h$I\"\n", &["E A= B= C=? D=$E G=h$I"]);
    shell("# export A=b\nexport -n A\necho 'export A=b'\n", &[]);
}

#[test]
fn a_file_that_only_assigns_is_read_by_others() {
    shell("# settings\nA=b\nC='d'\n", &["E A=b C=d"]);
    shell("A=b\nC=d\ntool $A\n", &[]);
}

#[test]
fn a_function_has_its_exports_and_those_of_the_file() {
    shell("export A=b\nf() {\n  export C=d\n}\nf\nf\n", &["E A=b", "E A=b C=d"]);
    let text = "f() {\n  export C=d\n}\n";
    let record = &records("x.sh", text)[0];
    assert_eq!(&text[record.function.start..record.function.end], "f() {\n  export C=d\n}");
}

#[test]
fn variables_of_one_command_come_with_those_of_the_file() {
    shell("export A=b\nC=d E=f tool x\n", &["E A=b", "E A=b C=d E=f"]);
    shell("env -i C=d E=$F tool x\n", &["E C=d E=$F"]);
    shell("sudo -u me C=d tool\n", &["E C=d"]);
    let text = "C=d tool x -y\n";
    let record = &records("x.sh", text)[0];
    assert_eq!(&text[record.statement.start..record.statement.end], "C=d tool x -y");
}

#[test]
fn containers_and_tools_get_variables_from_words() {
    shell("docker run --rm -e A=b --env C=$D -eF=g -e H image:1 tool", &["E A=b C=$D F=g H=$H"]);
    shell("docker exec -e A=b box tool", &["E A=b"]);
    shell("docker build --build-arg A=b --build-arg=C=d .", &["E A=b C=d"]);
    shell("kubectl create secret generic s --from-literal=A=b --from-literal c-d=e", &["E A=b c-d=e"]);
    shell("tool settings set --settings A=b C=\"$D\" E=", &["E A=b C=$D E="]);
    shell("heroku config:set A=b C=d\ntool x A=b\n", &["E A=b C=d", "T A=b"]);
}

#[test]
fn lines_written_to_a_file_are_one_record() {
    shell("echo \"A=b\" >> $GITHUB_ENV\ntool\necho C=$D >>\"$GITHUB_ENV\"\n", &["E A=b C=$D"]);
    shell("{\n  echo A=b\n  printf 'C=%s\\n' \"$D\"\n} > x.env\n", &["E A=b C=$D"]);
    shell("cat > .env <<EOF\n# x\nA=b\nC=\"d\"\nE=$F\nEOF\n", &["E A=b C=d E=$F"]);
    shell("tee .env >/dev/null <<'EOF'\nA=b\nC=d\nEOF\n", &["E A=b C=d"]);
    shell("echo A=b\nprintf 'A=b' > /dev/stderr\n", &[]);
}

#[test]
fn the_parts_of_a_form_are_one_record() {
    let wanted = &["T grant_type=password username=$U password=$P scope=a b"];
    for line in [
        "curl -d \"grant_type=password&username=$U\" --data-urlencode \"password=$P\" --data 'scope=a b' -X POST $URL",
        "curl -dgrant_type=password --data=username=$U -F password=$P --data-raw 'scope=a b' $URL",
        "http --form POST $URL grant_type=password \"username=$U\" password=$P 'scope=a b'",
        "wget -O- --post-data=\"grant_type=password&username=$U&password=$P&scope=a b\" $URL",
        "curl -d @- $URL <<EOF\ngrant_type=password&username=$U&password=$P&scope=a b\nEOF\n",
        "curl -d @- $URL <<< \"grant_type=password&username=$U&password=$P&scope=a b\"\n",
        "echo \"grant_type=password&username=$U&password=$P&scope=a b\" | curl -d @- $URL",
        "X=$(curl \\\n -d grant_type=password -d \"username=$U\" \\\n -d password=\"$P\" -d 'scope=a b')",
        "args=(-d grant_type=password -d \"username=$U\" -d \"password=$P\")\ncurl \"${args[@]}\" -d 'scope=a b'",
        "docker run --rm image curl -d grant_type=password -d username=$U -d password=$P -d 'scope=a b'",
        "post() { curl -d \"$1\"; }\npost \"grant_type=password&username=$U&password=$P&scope=a b\"",
        "BODY=\"grant_type=password&username=$U&password=$P&scope=a b\"\ncurl -d \"$BODY\" $URL",
        "BODY=grant_type=password\nBODY=\"$BODY&username=$U\"\nBODY+=\"&password=$P&scope=a b\"\ncurl -d \"$BODY\"",
        "printf 'grant_type=password&username=%s&password=%s&scope=a b' \"$U\" \"$P\" > body",
    ] {
        shell(line, wanted);
    }
}

#[test]
fn a_form_knows_its_command() {
    let text = "f() {\n  curl -d a=1 \\\n    -d b=2 https://h.example/x\n}\n";
    let record = &records("x.sh", text)[0];
    assert_eq!(&text[record.statement.start..record.statement.end], "curl -d a=1 \\\n    -d b=2 https://h.example/x");
    assert_eq!(record.function.start, 0);
    let text = "curl https://h.example/x -d @- <<E\na=1&b=2\nE\n";
    let record = &records("x.sh", text)[0];
    assert_eq!(&text[record.statement.start..record.statement.end], "curl https://h.example/x -d @- <<E\na=1&b=2");
}

#[test]
fn a_connection_string_is_a_record_of_its_own() {
    shell(
        "CONN=\"Server=h;Authentication=X;Password=$P\"\n",
        &["E CONN=Server=h;Authentication=X;Password=$P", "T Server=h Authentication=X Password=$P"],
    );
    shell("tool a=b --connection 'Server=h;Uid=u' --form c=d", &["T a=b c=d", "T Server=h Uid=u"]);
    shell("tool --connection-string='Server=h;Uid=u'", &["T Server=h Uid=u"]);
    shell("docker run -e 'CONN=Server=h;Uid=u' image tool", &["E CONN=Server=h;Uid=u", "T Server=h Uid=u"]);
}

#[test]
fn what_is_printed_is_no_record() {
    shell("echo \"curl -d 'grant_type=password&username=u'\"\nusage() { cat <<E\n curl -d a=b&c=d\nE\n}\n", &[]);
    shell("log_info 'grant_type=password&username=u'\n# curl -d a=b\n", &[]);
}

#[test]
fn batch_files_set_variables_in_capitals() {
    check(
        "x.bat",
        "@echo off\nset A_b=c d\nset \"C=e%F%g\"\nsetx H i /M\nset J=\nset /p K=Name: \nrem set L=m\n",
        &["E A_B=c d C=e$Fg H=i J="],
    );
    check("x.cmd", "echo A=b>>%GITHUB_ENV%\necho C=%D%>>%GITHUB_ENV%\necho E=f\n", &["E A=b C=$D"]);
}

#[test]
fn batch_files_send_forms() {
    let wanted = ["T grant_type=password username=$U password=$P"];
    check("x.bat", "curl -d \"grant_type=password&username=%U%\" ^\n  -d password=%P% https://h.example\n", &wanted);
    check(
        "x.bat",
        "set BODY=grant_type=password^&username=%U%^&password=%P%\n",
        &["E BODY=grant_type=password&username=$U&password=$P", wanted[0]],
    );
    check("x.bat", "docker run -e A=b -e \"C=%D%\" image tool\n", &["E A=b C=$D"]);
    check("x.bat", "echo curl -d grant_type=password\nrem curl -d a=b\n", &[]);
}

#[test]
fn makefiles_export_variables() {
    check(
        "Makefile",
        "export A = b\nC := $(D)\nX = 1\nexport C E\nexport Q ?= x$(Y)z # why\nQ2 = w\nall:\n\ttool\n",
        &["E A=b C=$D E=$E Q=x$Yz"],
    );
    check("Makefile", "A = b\nC = d\nexport\nunexport C\n", &["E A=b"]);
    check("Makefile", ".EXPORT_ALL_VARIABLES:\nA = b\n", &["E A=b"]);
    check("Makefile", "all: export A = b\nall:\n\tC=d tool $(A)\n\tX=1\n# export Z = 1\n", &["E A=b", "E C=d"]);
    check(
        "Makefile",
        "BODY = grant_type=password&username=$(U)\na:\n\tcurl -d '$(BODY)'\n\tcurl -d a=1 \\\n\t  -d b=$(C)\n",
        &["T grant_type=password username=$U", "T grant_type=password username=$U", "T a=1 b=$C"],
    );
}

#[test]
fn justfiles_export_variables() {
    check(
        "justfile",
        "export A := 'b'\nX := '1'\nexport C := env_var('D')\n\na:\n  E=f tool\n  curl -d a=1 -d b=2\n",
        &["E A=b C=$D", "E E=f", "T a=1 b=2"],
    );
    check("justfile", "set export := true\nA := \"b\"\n", &["E A=b"]);
}
