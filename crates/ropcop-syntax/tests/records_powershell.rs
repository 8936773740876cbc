//! PowerShell: tables with what is added to them later, forms and connection strings, the environment, versions. A field
//! is written `key=value`: `$NAME` is a variable, `<-Get-X` what a command puts out, `?` something unknown, `{…}` another
//! value. In front stands the path, if there is one.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

use ropcop_syntax::{Field, Part, Record, RecordKind, Source, Span, Value, extract};

fn records_of(path: &str, script: &str, kind: RecordKind) -> Vec<Record> {
    let found = extract(&Source::detect(path, script).unwrap(), &|_| true).records;
    found.into_iter().filter(|record| record.kind == kind).collect()
}

fn shown_value(value: &Value) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(name) => format!("${name}"),
        Part::Output { command, .. } => format!("<-{command}"),
        Part::Unknown => "?".to_owned(),
    };
    match value {
        Value::Text(parts) => format!("'{}'", parts.iter().map(part).collect::<String>()),
        Value::Dynamic { name: Some(name) } => format!("${name}"),
        Value::Dynamic { name: None } => "?".to_owned(),
        Value::List(items) => format!("[{}]", items.iter().map(shown_value).collect::<Vec<_>>().join(" ")),
        Value::Symbol(symbols) => format!("{{{}}}", symbols[0].path),
        Value::Number(number) => number.clone(),
        other => format!("{{{other:?}}}"),
    }
}

fn shown(record: &Record) -> String {
    let field = |field: &Field| format!("{}={}", field.key, shown_value(&field.value));
    let fields: Vec<String> = record.fields.iter().map(field).collect();
    let path = if record.path.is_empty() { String::new() } else { format!("{}: ", record.path) };
    format!("{path}{}", fields.join(" "))
}

#[track_caller]
fn check(kind: RecordKind, script: &str, wanted: &[&str]) {
    let found: Vec<String> = records_of("script.ps1", script, kind).iter().map(shown).collect();
    assert_eq!(found, wanted, "in:\n{script}");
}

fn written(script: &str, span: Span) -> &str {
    &script[span.start..span.end]
}

/// The keys and values of all records of a kind, as they are written.
fn places(script: &str, kind: RecordKind) -> Vec<(&str, &str)> {
    let records = records_of("script.ps1", script, kind);
    let fields = records.iter().flat_map(|record| &record.fields);
    fields.map(|field| (written(script, field.key_span), written(script, field.span))).collect()
}

#[test]
fn tables_are_mappings() {
    for (script, wanted) in [
        (
            "$body = @{ Grant_Type = 'Password'; client_id = $id; \"scope\" = \"a b\" }",
            &["Grant_Type='Password' client_id=$id scope='a b'"][..],
        ),
        ("Send-It -Body @{\n  a = 1\n  b = $true # no\n  # c = 2\n}", &["a=1 b={Bool(true)}"]),
        ("[ordered]@{ a = 'x' }", &["a='x'"]),
        ("$o = [PSCustomObject]@{ a = 'x' }", &["a='x'"]),
        ("New-Object PSObject -Property @{ a = 'x' }", &["a='x'"]),
        ("return (@{ a = '' } | ConvertTo-Json)", &["a=''"]),
        ("$x = @{ a = $null; b = @('x', 'y'); c = [N.Kind]::Value }", &["a={Null} b=['x' 'y'] c={N.Kind.Value}"]),
        (
            "$x = @{ user = $c.UserName; pass = $c.GetNetworkCredential().Password; more = \"$($c.UserName)@x\" }",
            &["user=$UserName pass=$Password more='$UserName@x'"],
        ),
        (
            "$x = @{ a = (Get-Secret x); b = Get-Secret y; c = ($p | Get-Plain); d = [uri]::EscapeDataString($p) }",
            &["a=$Get-Secret b=$Get-Secret c=$Get-Plain d=?"],
        ),
        (
            "$gt = 'password'\n$k = 'grant_type'\n$x = @{ $k = $gt; b = \"$gt!\" }",
            &["grant_type='password' b='password!'"],
        ),
        ("$x = @{ a = if ($y) { 'b' } else { 'c' } }", &["a=?"]),
        ("'a', 'b' | % { @{ name = $_ } }", &["name=$_"]),
        ("$list = @(@{ a = 1 }, @{ a = 2 })", &["a=1", "a=2"]),
        ("<# @{ a = 1 } #> # @{ a = 2 }", &[]),
    ] {
        check(RecordKind::Mapping, script, wanted);
    }
}

#[test]
fn tables_in_tables_have_a_path() {
    check(
        RecordKind::Mapping,
        "$Request = @{ Uri = $url; Body = @{ grant_type = 'password' }; deep = @{ er = [ordered]@{ x = 1 } } }\n\
         Invoke-RestMethod @Request",
        &["Uri=$url Body=? deep=?", "Body: grant_type='password'", "deep: er=?", "deep.er: x=1"],
    );
    check(
        RecordKind::Mapping,
        "$r = @{ Uri = $u }\n$r.Body = @{ a = 1 }\n$r.Body += @{ b = 2 }\n$r.Body.c = 3\n$r['Body']['d'] = 4",
        &["Uri=$u Body=?", "Body: a=1 b=2 c=3 d=4"],
    );
    check(RecordKind::Mapping, "@{ list = @(@{ a = 1 }) }", &["list=[?]", "list: a=1"]);
}

#[test]
fn a_table_grows_until_the_variable_gets_another() {
    for (script, wanted) in [
        (
            "$body = @{ a = 1 }\n$body.b = 2\n$body['c'] = 3\n$body.Add('d', 4)\n$body += @{ e = 5 }\n$body = $body + @{ f = 6 }",
            &["a=1 b=2 c=3 d=4 e=5 f=6"][..],
        ),
        ("$b = @{ a = 1 }\n$b = @{ b = 2 }\n$b.c = 3", &["a=1", "b=2 c=3"]),
        ("$b = @{ a = 1 }\n[void]$b.Add('c', 2)\n$b.Set_Item('d', 3) | Out-Null", &["a=1 c=2 d=3"]),
        ("function One { $b = @{ a = 1 } }\nfunction Two { $b.c = 2 }", &["a=1", "c=2"]),
        ("$base = @{ a = 1 }\n$all = $base + @{ b = 2 }", &["a=1", "a=1 b=2"]),
        ("$base = @{ a = 1 }\n$all = $base.Clone()\n$all.c = 2", &["a=1", "a=1 c=2"]),
        ("$script:b = @{ a = 1 }\nfunction F { $script:b.c = 2 }", &["a=1", "a=1 c=2"]),
    ] {
        check(RecordKind::Mapping, script, wanted);
    }
}

#[test]
fn branches_are_told_apart() {
    for (script, wanted) in [
        (
            "$b = @{ id = $i }\nif ($user) { $b.grant = 'password' } else { $b.grant = 'other' }",
            &["id=$i grant='password'", "id=$i grant='other'"][..],
        ),
        ("$b = @{ id = $i }\nif ($s) { $b.secret = $s }", &["id=$i", "id=$i secret=$s"]),
        ("$b = @{ id = $i }\nif ($u) { $b.u = $u }\nif ($p) { $b.p = $p }", &["id=$i", "id=$i u=$u p=$p"]),
        ("if ($x) { $b = @{ a = 1 } } else { $b = @{ a = 2 } }\n$b.c = 3", &["a=1 c=3", "a=2 c=3"]),
        ("try { $b = @{ a = 1 } } catch { $b = @{ a = 2 } }", &["a=1", "a=2"]),
        ("function F($o) {\n if ($x) { $o.m = 'a' } else { $o.m = 'b' }\n}", &["m='a'", "m='b'"]),
        ("function F($o) {\n if ($x) { $o.m = 'a' }\n if ($y) { $o.M = 'b' }\n}", &["m='a'", "M='b'"]),
        ("function F($o) {\n if ($x) { $o.m = 'a' } elseif ($y) { $o.m = 'b' }\n}", &["m='a'", "m='b'"]),
        (
            "$b = @{ id = $i }\nif ($x) { $b.m = 'a' } else { $b.m = 'b' }\nif ($y) { $b.n = 1 } else { $b.n = 2 }",
            &["id=$i m='a' n=1", "id=$i m='b' n=1", "id=$i m='b' n=2", "id=$i m='a' n=2"],
        ),
    ] {
        check(RecordKind::Mapping, script, wanted);
    }
}

#[test]
fn many_branches_do_not_hide_the_last() {
    let ifs: String = (0..12).map(|n| format!("if ($x{n}) {{ $b.x{n} = 1 }}\n")).collect();
    let script = format!("$b = @{{}}\n{ifs}if ($u) {{ $b.mode = 'user' }} else {{ $b.mode = 'other' }}");
    let found: Vec<String> = records_of("a.ps1", &script, RecordKind::Mapping).iter().map(shown).collect();
    for mode in ["user", "other"] {
        assert!(found.iter().any(|record| record.ends_with(&format!("x11=1 mode='{mode}'"))), "{mode}: {found:?}");
    }
}

#[test]
fn properties_of_an_object_belong_together() {
    for (script, wanted) in [
        (
            "$b = New-Object System.Data.SqlClient.SqlConnectionStringBuilder\n\
             $b.Authentication = 'Active Directory Password'\n$b['User ID'] = $u\n$b.Password = \"p\"",
            "Authentication='Active Directory Password' User ID=$u Password='p'",
        ),
        ("$d = [Collections.Specialized.NameValueCollection]::new()\n$d.Add('a', 'b')\n$d['c'] = $e", "a='b' c=$e"),
        ("$q = [Web.HttpUtility]::ParseQueryString('')\n$q.Set('a', 'b')", "a='b'"),
        ("function F($o) { $o.User = $u; $o.Mode = [M]::P }", "User=$u Mode={M.P}"),
    ] {
        check(RecordKind::Mapping, script, &[wanted]);
    }
}

#[test]
fn texts_of_keys_and_values() {
    for (script, wanted) in [
        (
            "$b = \"grant_type=password&username=$u&password=$($c.Password)\"",
            &["grant_type='password' username=$u password=$Password"][..],
        ),
        ("Send-It -Body 'a=b&c=%20d'", &["a='b' c=' d'"]),
        (
            "Send-It -ConnectionString \"AuthType=OAuth;Username=$u;Password=$p;Url=https://x\"",
            &["AuthType='OAuth' Username=$u Password=$p Url='https://x'"],
        ),
        (
            "$c = [N.Connection]::new('Server=s;Authentication=Active Directory Password;Pwd=x')",
            &["Server='s' Authentication='Active Directory Password' Pwd='x'"],
        ),
        ("$c = New-Object N.Connection(\"Server=s;UID=$u\")", &["Server='s' UID=$u"]),
        ("$b = @\"\na=b&c=$d\n\"@", &["a='b' c=$d"]),
        ("$b = 'a=b&' + \"c=$d\" + '&e=' + $f", &["a='b' c=$d e=$f"]),
        ("$b = 'a={0}&c={1}' -f $x, $y.Z", &["a=$x c=$Z"]),
        ("$b = [string]::Format('a={0}&c={1}', $x, 'y')", &["a=$x c='y'"]),
        ("$b = ('a=b', \"c=$d\") -join '&'", &["a='b' c=$d"]),
        ("$b = [String]::Join('&', @('a=b', 'c=d'))", &["a='b' c='d'"]),
        ("$l = 'a=b', \"c=$d\"\n$b = $l -join '&'", &["a='b'", "a='b' c=$d", "c=$d"]),
        ("$b = \"a=$([Web.HttpUtility]::UrlEncode($p))&b=c\"", &["a=? b='c'"]),
        ("$env:CS = 'Server=s;Uid=u'", &["Server='s' Uid='u'"]),
        ("param([string]$Cs = 'Server=s;Uid=u')", &["Server='s' Uid='u'"]),
        ("@{ cs = 'Server=s;Uid=u' }", &["Server='s' Uid='u'"]),
        ("$x.ConnectionString = 'Server=s;Uid=u'", &["Server='s' Uid='u'"]),
        ("if ($x) { return 'a=b&c=d' }", &["a='b' c='d'"]),
        ("Invoke-It \"https://h/t?a=b&c=$d\"", &["a='b' c=$d"]),
        ("Invoke-It -Body 'a=b&c=d' | Out-Null", &["a='b' c='d'"]),
        ("if ($x) { $a = 'b' } else { $a = 'c' }\nSend-It \"a=$a&d=$d\"", &["a='b' d=$d", "a='c' d=$d"]),
        ("param($a = 'b')\n$c = \"a=$a&d=$d\"", &["a=$a d=$d", "a='b' d=$d"]),
        ("$a = if ($x) { 'b' } else { 'c' }\n$c = 'a={0}&d={1}' -f $a, $d", &["a='b' d=$d", "a='c' d=$d"]),
    ] {
        check(RecordKind::Text, script, wanted);
    }
}

#[test]
fn a_text_in_pieces_is_one_record() {
    for (script, wanted) in [
        ("$b = 'a=b'\n$b += \"&c=$d\"\n$b += $e\nSend-It $b", &["a='b' c='$d$e'"][..]),
        ("$b = ''\n$b += 'a=b'\n$b += '&c=d'", &["a='b' c='d'"]),
        ("$b = 'a=b'\nif ($x) { $b += '&c=d' } else { $b += '&e=f' }", &["a='b' c='d'", "a='b' e='f'"]),
        ("$b = 'a=b'\n$b = 'c=d'\n$b += '&e=f'", &["a='b'", "c='d' e='f'"]),
        ("$core = \"a=$x&b=c\"\n$body = \"$core&d=e\"", &["a=$x b='c'", "a=$x b='c' d='e'"]),
    ] {
        check(RecordKind::Text, script, wanted);
    }
}

#[test]
fn what_people_read_is_no_record() {
    for script in [
        "Write-Host 'a=b&c=d'",
        "Write-Verbose \"Server=$s;Pwd=x\"",
        "'a=b&c=d' | Write-Output",
        "throw 'a=b&c=d'",
        "if ($x -match 'a=b&c=d') { }",
        "if ($x.Contains('a=b&c=d')) { }",
        "$usage = 'a=b&c=d'",
        "# 'a=b&c=d'",
        "<#\n'a=b&c=d'\n$env:X = 'y'\n#>",
        "$x = 1 # $b = 'a=b&c=d'",
    ] {
        check(RecordKind::Text, script, &[]);
    }
}

#[test]
fn words_of_a_program_are_one_record() {
    for (script, wanted) in [
        (
            "curl -X POST $url -d grant_type=password -d \"username=$u\" --data-urlencode 'password=a b'",
            &["grant_type='password' username=$u password='a b'"][..],
        ),
        ("curl.exe $url --data='a=b&c=d'", &["a='b' c='d'"]),
        ("& curl $url -d a=b `\n  -d \"c=$d\"", &["a='b' c=$d"]),
        ("$list = '-d', 'a=b', '-d', \"c=$d\"\n& curl @list", &["a='b'", "a='b' c=$d", "c=$d"]),
    ] {
        check(RecordKind::Text, script, wanted);
    }
}

#[test]
fn variables_of_the_environment_belong_together() {
    for (script, wanted) in [
        (
            "$env:A_USER = 'u'\n$Env:a_pass = $p\n${env:A_X} = Get-Secret x",
            &["A_USER='u' A_PASS=$p A_X=$Get-Secret"][..],
        ),
        ("Set-Item env:A v\nSet-Item -Path Env:\\B -Value $v\nsi 'env:/C' 'x'", &["A='v' B=$v C='x'"]),
        ("New-Item -Path Env: -Name A -Value 'x' -Force\nNew-Item env:B -Value y | Out-Null", &["A='x' B='y'"]),
        (
            "[Environment]::SetEnvironmentVariable('A', 'x')\n[void][System.Environment]::SetEnvironmentVariable(\"B\", $y, 'User')",
            &["A='x' B=$y"],
        ),
        ("$env:A = 'x'\nRemove-Item env:A\n$env:A = $null\n$env:A = ''", &["A='x'"]),
        ("$env:A = ''", &["A=''"]),
        ("$env:A += ';x'", &["A=$A"]),
        ("$env:A = 'x'\nfunction F { $env:B = 'y' }\nfunction G { $env:C = 'z' }", &["A='x' B='y'", "A='x' C='z'"]),
        ("$env:A = 'x'\nif ($y) { $env:B = 'y' } else { $env:C = 'z' }", &["A='x' B='y'", "A='x' C='z'"]),
        ("$env:A = 'x'\nStart-Job { $env:B = 'y' }", &["A='x'", "A='x' B='y'"]),
        ("docker run -e A_B=x --env \"C=$d\" image\n& az set --settings A=x B=$y", &["A_B='x' C=$d", "A='x' B=$y"]),
        ("Set-Content .env @\"\nA=x\n# no\nB=\"$y\"\n\"@", &["A='x' B=$y"]),
        ("if ($env:A -eq 'x') { $b = $env:C }\n# $env:A = 'x'", &[]),
    ] {
        check(RecordKind::Environment, script, wanted);
    }
}

#[test]
fn modules_are_held_to_versions() {
    for (path, script, wanted) in [
        (
            "a.ps1",
            "#Requires -Modules Az, @{ ModuleName='Az.Accounts'; RequiredVersion='2.1' }\nGet-It",
            &["Az.Accounts='2.1'"][..],
        ),
        ("a.ps1", "#requires -Version 5 -Modules @{ModuleName = \"A\"; MaximumVersion = \"3.0\"}", &["A='3.0'"]),
        ("a.ps1", "using module @{ ModuleName = 'A'; RequiredVersion = '1.2.3' }\nGet-It", &["A='1.2.3'"]),
        (
            "a.psd1",
            "@{ RequiredModules = @(@{ModuleName='A'; RequiredVersion='1'}, 'B', @{ModuleName='C'; ModuleVersion='2'}) }",
            &["A='1'"],
        ),
        (
            "requirements.psd1",
            "# 'No' = '1.*'\n@{\n  'Az' = '6.*'\n  Other = @{ Version = '1.2' }\n  'Last' = 'latest'\n}",
            &["Az='6.*' Other='1.2'"],
        ),
        ("other.psd1", "@{ 'Az' = '6.*' }", &[]),
        ("a.ps1", "# Requires -Modules @{ModuleName='A'; RequiredVersion='1'}", &[]),
        ("a.ps1", "Write-It '\n#Requires -Modules @{ModuleName=\"A\"; RequiredVersion=\"1\"}'", &[]),
    ] {
        let found: Vec<String> = records_of(path, script, RecordKind::Versions).iter().map(shown).collect();
        assert_eq!(found, wanted, "in:\n{script}");
    }
}

#[test]
fn keys_and_values_stand_where_they_are_written() {
    let mapping =
        "$w = 'Lit'\n$b = @{ 'ä' = \"x$y\"; Key = $w; n = 1; e = '' }\n$b.Later = ‘q’\n$b['In dex'] = @\"\nline\n\"@";
    assert_eq!(
        places(mapping, RecordKind::Mapping),
        [("ä", "x$y"), ("Key", "Lit"), ("n", "1"), ("e", ""), ("Later", "q"), ("In dex", "line")]
    );
    let text = "$b = \"a=b&ä=$($c.D)&\" + 'pass=p w'\n$b += '&e=f'";
    assert_eq!(places(text, RecordKind::Text), [("a", "b"), ("ä", "$($c.D)"), ("pass", "p w"), ("e", "f")]);
    let words = "curl -d a=b `\n  --data=\"c=$d\" 'e=f g'";
    assert_eq!(places(words, RecordKind::Text), [("a", "b"), ("c", "$d"), ("e", "f g")]);
    let environment =
        "$env:Ab = 'x'\n${env:Cd} = \"y\"\nsi Env:\\Ef 'z'\n[Environment]::SetEnvironmentVariable('Gh', (Get-It k))";
    assert_eq!(
        places(environment, RecordKind::Environment),
        [("Ab", "x"), ("Cd", "y"), ("Ef", "z"), ("Gh", "(Get-It k)")]
    );
    let versions = "#Requires -Modules @{ ModuleName='A.B'; RequiredVersion=\"2.1\" }";
    assert_eq!(places(versions, RecordKind::Versions), [("A.B", "2.1")]);
}

#[test]
fn evidence_is_the_statement_and_the_function() {
    let body = "$r = @{ Uri = 'u'; Body = @{ grant = 'x' } }";
    let script =
        format!("function F {{\n  {body}\n  if ($y) {{ Send-It @{{ a = 1 }} | Out-Null }}\n}}\n$z = @{{ b = 2 }}");
    let found = records_of("a.ps1", &script, RecordKind::Mapping);
    let around = |key: &str| {
        let record = found.iter().find(|record| record.fields[0].key == key).unwrap();
        [record.span, record.statement, record.function].map(|span| written(&script, span))
    };
    let function = script.split("\n$z").next().unwrap();
    assert_eq!(around("grant"), ["grant = 'x", body, function]);
    assert_eq!(around("a"), ["a = 1", "Send-It @{ a = 1 } | Out-Null", function]);
    assert_eq!(around("b"), ["b = 2", "$z = @{ b = 2 }", &script]);
    let script = "icm { param($p) $x = @{ a = 1 } }; icm { $y = @{ b = 2 } }";
    let found = records_of("a.ps1", script, RecordKind::Mapping);
    assert_eq!(written(script, found[0].function), "{ param($p) $x = @{ a = 1 } }");
    assert_eq!(written(script, found[1].function), script);
}

#[test]
fn only_records_that_are_wanted_are_kept_whole() {
    let script = "$a = @{ x = 1; token = 2 }\n$b = @{ x = 1 }\n$c = 'x=1&y=2'\n$env:Y = 'x'";
    let found = extract(&Source::detect("a.ps1", script).unwrap(), &|text| text.contains("token")).records;
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), ["x=1 token=2"]);
}

#[test]
fn records_in_other_files_stand_in_them() {
    for (path, text) in [
        ("a.md", "Text\n\n```powershell\n$b = @{ 'grant' = \"x\" }\n```\n"),
        ("azure-pipelines.yml", "steps:\n- powershell: |\n    $b = @{\n      grant = 'x'\n    }\n"),
        (
            "a.ipynb",
            "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"$b = @{ grant = 'x' }\\n\"]}], \"metadata\": \
             {\"kernelspec\": {\"name\": \".net-powershell\", \"language\": \"PowerShell\"}}, \"nbformat\": 4}",
        ),
    ] {
        let found = records_of(path, text, RecordKind::Mapping);
        let fields: Vec<&Field> = found.iter().flat_map(|record| &record.fields).collect();
        let fields: Vec<&&Field> = fields.iter().filter(|field| field.key == "grant").collect();
        assert_eq!(fields.len(), 1, "{path}: {found:?}");
        assert_eq!((written(text, fields[0].key_span), written(text, fields[0].span)), ("grant", "x"), "{path}");
    }
}

#[test]
fn a_hole_of_the_host_is_a_name() {
    let text = "steps:\n- powershell: |\n    $env:A_PASS = '$(thePass)'\n    $b = \"a=b&c=$(other)\"\n";
    let found = records_of("azure-pipelines.yml", text, RecordKind::Environment);
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), ["A_PASS=$thePass"]);
    let found = records_of("azure-pipelines.yml", text, RecordKind::Text);
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), ["a='b' c=$other"]);
}

#[test]
fn code_in_a_text_has_records() {
    let script = "powershell -Command \"`$env:A = 'x'; Send-It -Body @{ a = 1 }\"";
    check(RecordKind::Environment, script, &["A='x'"]);
    check(RecordKind::Mapping, script, &["a=1"]);
    check(RecordKind::Mapping, "$cs = 'Server=s;Uid=u'; Use-It $cs", &[]);
}

#[test]
fn hostile_input_is_bounded() {
    let nested = |open: &str, close: &str| format!("{}a{}", open.repeat(10_000), close.repeat(10_000));
    let tables: String = (0..3_000).map(|n| format!("$t{n} = $t{} + @{{ k{n} = 'v' }}\n", n - n.min(1))).collect();
    let functions: String =
        (0..3_000).map(|n| format!("function F{n} {{ $env:V{n} = 'x' }}\n$env:S{n} = 'y'\n")).collect();
    let branches: String = (0..3_000).map(|n| format!("if ($x) {{ $b.k{n} = 'v'; $c += '&a=b' }}\n")).collect();
    for script in [
        nested("@{a=", "}"),
        nested("@{a='b=c&d='+\"$(", ")\"}"),
        nested("$x = @{a=1} + (", ")"),
        format!("$x = @'\n{}\n'@", "a=b&".repeat(250_000)),
        format!("$x = @\"\n{}\n\"@", "a=$b&".repeat(50_000)),
        "$body.x = 'y'\n".repeat(100_000),
        "$body += \"&x=$y\"\n".repeat(50_000),
        "$body = 'a=b'; $body.c = 1\n".repeat(30_000),
        format!("$b = @{{}}; $c = 'a=b'\n{branches}"),
        format!("@{{{}}}", "k = 'v';".repeat(50_000)),
        format!("curl {}", "a=b ".repeat(100_000)),
        "#Requires -Modules @{\n".repeat(20_000),
        "using module @{".repeat(20_000),
        tables,
        functions,
    ] {
        let found = extract(&Source::detect("a.ps1", &script).unwrap(), &|_| true).records;
        let shown: String = script.chars().take(40).collect();
        let fields: usize = found.iter().map(|record| record.fields.len()).sum();
        assert!(found.iter().all(|record| record.fields.len() <= 8_000), "{shown}");
        assert!(fields <= 250_000, "{shown}: {fields}");
        let inside = |record: &Record| record.fields.iter().all(|f| script.get(f.key_span.start..f.span.end).is_some());
        assert!(found.iter().take(100).all(inside), "{shown}");
    }
}
