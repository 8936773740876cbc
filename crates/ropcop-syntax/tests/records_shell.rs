//! Records in scripts, command lines, Dockerfiles and pipelines in Groovy. A record is written as the first letter of its
//! kind and its fields; `$NAME` is a value with a name, `?` one without.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use ropcop_syntax::{Field, Record, RecordKind, Source, Value, extract};

fn records(path: &str, text: &str) -> Vec<Record> {
    let source = Source::detect(path, text).unwrap();
    let records = extract(&source, &|_| true).records;
    for field in records.iter().flat_map(|record| &record.fields) {
        let (key, value) = (field.key_span, field.span);
        let written = text[key.start..key.end].trim_matches('%');
        if written.starts_with(['$', ')']) {
            // It stands in a variable, and is reported where that is used.
            continue;
        }
        assert!(written.eq_ignore_ascii_case(&field.key), "{written:?} is not {} in\n{text}", field.key);
        if let Some(known) = field.value.text() {
            // A version in a variable is reported where that is used; a value may have escapes.
            let written = text[value.start..value.end].replace('\\', "");
            let is_version = written.starts_with(&known) && !known.is_empty();
            assert!(written == known || is_version || written.contains('$'), "{written:?} is not {known:?} in\n{text}");
        }
    }
    records
}

fn shown_field(field: &Field) -> String {
    let value = match &field.value {
        Value::Text(parts) => fixture::shown::parts(parts),
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
    shell("docker run --rm -e A=b --env C=$D -eF=g -e H image:1 tool", &["E A=b C=$D F=g H=$H", "V image=1"]);
    shell("docker exec -e A=b box tool", &["E A=b"]);
    shell("docker build --build-arg A=b --build-arg=C=d .", &["E A=b C=d"]);
    shell("kubectl create secret generic s --from-literal=A=b --from-literal c-d=e", &["E A=b c-d=e"]);
    shell("tool settings set --settings A=b C=\"$D\" E=", &["E A=b C=$D E="]);
    shell("heroku config:set A=b C=d\ntool x A=b\n", &["E A=b C=d", "T A=b"]);
}

#[test]
fn settings_that_are_written_are_read_as_their_file_is() {
    let profile = "cat > ~/.tool/credentials <<EOF\n[one]\nuser=$U\npassword=p\n[two]\nuser=v\nEOF\n";
    shell(profile, &["M user=$U password=p", "M user=v"]);
    shell("cat > app.properties <<EOF\na.b: c\nd: e\nEOF\n", &["M a.b=c d=e"]);
    shell("cat > requirements.txt <<EOF\ntool==1.2\nEOF\n", &["V tool=1.2"]);
    shell("cat <<EOF\n[one]\nuser=$U\nEOF\n", &[]);
}

#[test]
fn lines_written_to_a_file_are_one_record() {
    shell("echo \"A=b\" >> $GITHUB_ENV\ntool\necho C=$D >>\"$GITHUB_ENV\"\n", &["E A=b C=$D"]);
    shell("{\n  echo A=b\n  printf 'C=%s\\n' \"$D\"\n} > x.env\n", &["E A=b C=$D"]);
    shell("cat > .env <<EOF\n# x\nA=b\nC=\"d\"\nE=$F\nEOF\n", &["E A=b C=d E=$F"]);
    shell("cat > .env <<EOF\nA='b # c' # d\nlower=e\n${MORE}\nEOF\n", &["E A=b # c lower=e"]);
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
fn a_text_in_a_text_brings_its_keys() {
    let core = "CORE=\"grant_type=password&username=$U\"\n";
    let (part, whole) = ("T grant_type=password username=$U", "T grant_type=password username=$U scope=a b");
    shell(&format!("{core}send \"$CORE&scope=a b\"\n"), &[part, whole]);
    shell(&format!("{core}BODY=\"$CORE&scope=a b\"\nsend \"$BODY\"\n"), &[part, whole]);
    // A variable that holds no keys stays one.
    shell("NAME=core\nsend \"a=$NAME&b=c\"\n", &["T a=$NAME b=c"]);
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

#[test]
fn a_stage_has_the_variables_of_those_it_is_built_from() {
    let text = "ARG V=1.2\nFROM base:${V} AS a\nENV A=b C=\"d e\" \\\n  # no\n  E=f\\ g\nARG H\n\nFROM a\nENV I j k\nENV L= M=$N\n\n\
                FROM other@sha256:0123\nENV O='$P'\n# ENV Q=r\n";
    check("Dockerfile", text, &["V base=1.2", "E A=b C=d e E=f g H=$H I=j k L= M=$N", "E O=$P"]);
    let found = records("Dockerfile", text);
    let stage = found[1].function;
    assert_eq!(&text[stage.start..stage.end], "a\nENV I j k\nENV L= M=$N");
}

#[test]
fn images_are_held_to_versions() {
    let text = "ARG I=registry.example/x/cli:2.20.0\nARG V\nFROM $I\nFROM --platform=linux/amd64 Host:5000/y/cli:3.1-x@sha256:00 as z\n\
                FROM z\nCOPY --from=z /a /b\nCOPY --from=tools/cli:4 /a /b\nFROM cli:$V\nFROM cli:${W:-5.0}\nFROM host:5000/none\n";
    check("Dockerfile", text, &["V registry.example/x/cli=2.20.0 host:5000/y/cli=3.1-x tools/cli=4 cli=5.0"]);
}

#[test]
fn commands_of_images_have_records() {
    check(
        "Dockerfile",
        "FROM x\nENV CONN=\"Server=h;Uid=$U\"\nRUN A=b \\\n  curl -d a=1 -d b=2\n",
        &["E CONN=Server=h;Uid=$U", "T Server=h Uid=$U", "E A=b", "T a=1 b=2"],
    );
}

#[test]
fn installers_hold_to_versions() {
    for (line, wanted) in [
        ("pip install Tool-CLI==2.20.0 other", Some("tool-cli=2.20.0")),
        ("pip3 install -q 'tool-cli<=2.3' \"b~=1.4.1\" c>=1", Some("tool-cli=2.3 b=1.4.1")),
        ("python3 -m pip install --user 'tool-cli[x]>=1.0,<2.30'", Some("tool-cli=2.30")),
        ("uv pip install tool-cli===1.2rc1", Some("tool-cli=1.2rc1")),
        ("sudo apt-get install -y tool-cli=2.36.0-1~bionic curl", Some("tool-cli=2.36.0")),
        ("yum -y install tool-cli-2.20.0-1.el7", Some("tool-cli=2.20.0")),
        ("zypper --non-interactive install tool-cli=2.1", Some("tool-cli=2.1")),
        ("apk add --no-cache tool-cli=2.1-r0", Some("tool-cli=2.1")),
        ("conda install -c x tool-cli=2.1", Some("tool-cli=2.1")),
        ("choco install tool-cli -y --version 2.1", Some("tool-cli=2.1")),
        ("choco install tool-cli --version=2.1.0 -y", Some("tool-cli=2.1.0")),
        ("winget install -e --id Tool.CLI -v 2.1", Some("tool.cli=2.1")),
        ("brew install tool-cli@2.1", Some("tool-cli=2.1")),
        ("npm i -g @scope/tool@3", Some("@scope/tool=3")),
        ("asdf install tool-cli 2.1", Some("tool-cli=2.1")),
        ("mise use -g tool-cli@2.1", Some("tool-cli=2.1")),
        ("docker pull registry.example/tool-cli:2.1-x", Some("registry.example/tool-cli=2.1-x")),
        ("VER=2.20.0\npip install tool-cli==$VER", Some("tool-cli=2.20.0")),
        ("pip install \"tool-cli==${VER:-2.20.0}\"", Some("tool-cli=2.20.0")),
        ("VER=1\n[ x ] && VER=2\npip install tool-cli==$VER", None),
        ("pip install tool-cli~=2.20.1", Some("tool-cli=2.20.1")),
        ("conda install -y forge::tool-cli=2.5", Some("tool-cli=2.5")),
        ("apt-get install tool-cli:amd64=1:2.5-1~x", Some("tool-cli=2.5")),
        // All of 2 will do.
        ("pip install tool-cli~=2.20\nVER=2.20\npip install tool-cli~=$VER", None),
        ("apt-get install 'tool-cli=2.*'\nconda install tool-cli=2", None),
        ("pip install 'tool-cli>=2.0' 'a!=1'\necho pip install a==1\n# pip install b==1", None),
    ] {
        let found: Vec<String> =
            records("x.sh", line).iter().filter(|r| r.kind == RecordKind::Versions).map(shown).collect();
        let wanted: Vec<String> = wanted.iter().map(|fields| format!("V {fields}")).collect();
        assert_eq!(found, wanted, "{line}");
    }
}

#[test]
fn modules_of_powershell_are_held_to_versions() {
    for (line, wanted) in [
        ("Install-Module -Name Tool -RequiredVersion 3.1.0 -Force", Some("Tool=3.1.0")),
        ("install-module Tool -Force -MaximumVersion:5.9.0", Some("Tool=5.9.0")),
        (
            "Install-Module -Scope CurrentUser -Name 'Tool.A', Tool.B -RequiredVersion '2.0'",
            Some("Tool.A=2.0 Tool.B=2.0"),
        ),
        ("ipmo Tool -RequiredVersion 1.2", Some("Tool=1.2")),
        ("Install-PSResource Tool -Version '[1.0, 2.5]'", Some("Tool=2.5")),
        ("ipmo Tool -Version 1.2\nInstall-Module Tool -MinimumVersion 2\nInstall-Module Tool", None),
    ] {
        let found: Vec<String> =
            records("x.ps1", line).iter().filter(|r| r.kind == RecordKind::Versions).map(shown).collect();
        let wanted: Vec<String> = wanted.iter().map(|fields| format!("V {fields}")).collect();
        assert_eq!(found, wanted, "{line}");
    }
}

#[test]
fn images_that_run_are_held_to_versions() {
    for line in
        ["docker run --rm x/cli:2.1-y tool a", "sudo docker run -it x/cli:2.1-y", "podman run -p 80:80 x/cli:2.1-y"]
    {
        shell(line, &["V x/cli=2.1-y"]);
    }
    shell("docker exec box tool\ndocker run x/cli tool a:1\n", &[]);
}

#[test]
fn the_host_is_told_to_set_variables() {
    let text = "echo \"##vso[task.setvariable variable=A.b]c d\"\necho '##vso[task.setvariable variable=C;issecret=true]'\"$E\"\n";
    let found = extract(&Source::detect("x.sh", text).unwrap(), &|_| true).records;
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), ["E A_B=c d C=$E"]);
}

#[test]
fn stages_of_pipelines_have_variables() {
    let text = "pipeline {\n environment {\n  A = 'b'\n  C = credentials('d')\n  // X = 'y'\n }\n stages {\n  stage('x') {\n\
                environment { E = \"f${params.G}\" }\n steps { sh 'tool' }\n }\n stage('y') {\n steps { bat 'tool' }\n }\n }\n}\n";
    check("Jenkinsfile", text, &["E A=b C=$d", "E A=b C=$d E=f$G"]);
    let text = "node {\n withEnv(['A=b', \"C=${d}\", 'E=']) {\n withCredentials([usernamePassword(credentialsId: 'x', \
                usernameVariable: 'F', passwordVariable: 'G'), string(variable: 'H', credentialsId: 'y')]) {\n sh 'tool'\n }\n }\n}\n";
    let found: Vec<String> =
        records("Jenkinsfile", text).iter().filter(|r| r.kind == RecordKind::Environment).map(shown).collect();
    assert_eq!(found, ["E A=b C=$d E= F=$F G=$G H=$H"]);
    check("Jenkinsfile", "env.A = 'b'\nnode { sh 'tool' }\n", &["E A=b"]);
}

#[test]
fn groovy_has_forms_and_maps() {
    let text = "def t() {\n  httpRequest(url: u,\n    requestBody: \"grant_type=password&username=${env.U}\")\n}\n// 'a=b&c=d'\n";
    let found = records("x.groovy", text);
    let form = found.iter().find(|record| record.kind == RecordKind::Text).unwrap();
    assert_eq!(shown(form), "T grant_type=password username=$U");
    assert!(text[form.statement.start..form.statement.end].starts_with("httpRequest(url"));
    let text = "post([grant_type: 'password', 'username': user, password: \"${p}\"])\nsh \"curl -d a=1 -d b=$c\"\n";
    check("x.groovy", text, &["M grant_type=password username=$user password=$p", "T a=1 b=$c"]);
}

#[test]
fn values_in_groovy_are_followed() {
    // What a name stands for is not written where it is used.
    let check = |path: &str, text: &str, wanted: &[&str]| {
        let found = extract(&Source::detect(path, text).unwrap(), &|_| true).records;
        assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), wanted, "in {path}:\n{text}");
    };
    let text = "def r = 'x'\nnode {\n environment {\n  A = r\n  B = 'a' + params.C\n  D = credentials('e').trim()\n }\n sh 'tool'\n}\n";
    check("Jenkinsfile", text, &["E A=x B=a$C D=$e"]);
    let text = "def u = 'v'\ndef m = [grant_type: 'password', user: u]\nm.later = w\nm['last'] = \"y${z}\"\n";
    check("x.groovy", text, &["M grant_type=password user=v later=$w last=y$z"]);
    check("x.groovy", "def q = 'a=b' + \"&c=${d}\"\n", &["T a=b c=$d"]);
    check("x.groovy", "def q = 'a=b'\nq += \"&c=$d\"\n", &["T a=b c=$d"]);
    check("x.groovy", "@Value('Server=s;Uid=u')\nString cs\n", &["T Server=s Uid=u"]);
}

#[test]
fn what_groovy_prints_or_compares_is_no_record() {
    check("x.groovy", "echo 'a=b&c=d'\nassert x == 'a=b&c=d'\nerror 'e=f&g=h'\nprintln(\"k=l;m=n\")\n", &[]);
    check("x.groovy", "expect:\nx.body == [grant_type: 'password']\n", &[]);
}

#[test]
fn variables_of_a_block_are_those_of_the_blocks_inside() {
    let text = "withEnv(['A=b'] + more) {\n env.G = 'h'\n if (x) {\n  withCredentials([[$class: 'Multi', usernameVariable: 'C']]) {\n\
                \x20  sh 'tool'\n  }\n }\n withEnv(['D=e']) { echo 'f' }\n}\n";
    let found: Vec<String> =
        records("Jenkinsfile", text).iter().filter(|r| r.kind == RecordKind::Environment).map(shown).collect();
    assert_eq!(found, ["E G=h A=b C=$C", "E G=h A=b D=e"]);
    let text = "withEnv(['A=b']) {\n sh 'tool'\n withEnv(['C=d']) { sh 'tool' }\n}\n";
    let found: Vec<String> =
        records("Jenkinsfile", text).iter().filter(|r| r.kind == RecordKind::Environment).map(shown).collect();
    assert_eq!(found, ["E A=b", "E A=b C=d"]);
}
