//! `ropcop facts`: what the page shows, and what it does not.

#![allow(clippy::unwrap_used, dead_code, missing_docs)]

mod repo;

use repo::Repo;

fn facts(name: &str, text: &str) -> String {
    let repo = Repo::new([(name, text)]);
    let printed = repo.facts(&[name]);
    assert_eq!(printed.status, 0, "{}", printed.err);
    printed.out
}

/// Stands for a password in the samples. It has no mark of one: a word that could be anything.
const HUNTED: &str = "umbrella";

#[test]
fn no_literal_password_is_shown() {
    for (name, text) in [
        // Escapes of all kinds.
        ("a.env", "PASSWORD=\"red\\\"umbrella\""),
        ("a.sh", "export DB_PASSWORD=\"red\\\"umbrella\""),
        ("a.sh", "export DB_PASSWORD='red'\\''umbrella'"),
        ("a.ps1", "$env:DB_PASSWORD = \"red`\"umbrella\""),
        ("a.ps1", "$env:DB_PASSWORD = 'red''umbrella'"),
        ("a.cs", "class A { void F() { Open(password: @\"red\"\"umbrella\"); } }"),
        ("a.json", "{\"password\": \"red\\\"umbrella\", \"user\": \"x\"}"),
        ("a.yml", "password: 'red ''umbrella'\n"),
        ("a.yml", "password: \"red\\x20umbrella\"\n"),
        ("a.properties", "db.password=red\\\n  umbrella\n"),
        ("a.toml", "password = \"red\\numbrella\"\n"),
        ("a.xml", "<a><add key=\"password\" value=\"red&quot;umbrella\"/></a>"),
        // Defaults.
        ("a.sh", "tool login -u me -p \"${PW:-umbrella}\""),
        ("a.sh", "PASSWORD=${1:-umbrella}; tool login -p $PASSWORD"),
        ("a.py", "connect(password=os.getenv('PW') or 'umbrella')"),
        ("a.py", "connect(password=os.getenv('PW', 'umbrella'))"),
        ("a.py", "password = os.environ.get('PW', 'umbrella')\nconnect(password)"),
        ("a.js", "const password = process.env.PW ?? pick('umbrella');"),
        ("a.cs", "class A { void F() { Open(password: x ? read(\"PW\") : Wrap(\"umbrella\")); } }"),
        ("a.go", "package a\nfunc f() { password := first(os.Getenv(\"PW\"), \"umbrella\"); open(password) }"),
        ("a.properties", "db.password=${PW:umbrella}"),
        ("a.tf", "resource \"a\" \"b\" {\n  password = var.pw != \"\" ? var.pw : \"umbrella\"\n}\n"),
        ("Jenkinsfile", "node { sh \"tool login -u me -p ${params.PW ?: 'umbrella'}\" }"),
        // Values that a call or a format wraps, also where only the place among the arguments tells what they are.
        ("a.py", "from azure.identity import UsernamePasswordCredential as U\nU('c', 'u', str('umbrella'))"),
        ("a.py", "from azure.identity import UsernamePasswordCredential as U\nx = 'umbrella'\nU('c', 'u', x)"),
        ("a.py", "from azure.identity import UsernamePasswordCredential as U\nU('c', 'u', '%s' % 'umbrella')"),
        ("a.java", "class A { void f() { new PasswordCredential(\"u\", \"umbrella\".toCharArray()); } }"),
        ("a.java", "class A { void f() { b.username(\"u\").password(new String(\"umbrella\")).build(); } }"),
        ("a.cs", "class A { object f = new NetworkCredential(\"u\", Decode(\"umbrella\")); }"),
        ("a.ts", "login({ user: 'u', password: Buffer.from('umbrella').toString() });"),
        // PowerShell: pipelines, casts, positions.
        ("a.ps1", "$p = 'umbrella' | ConvertTo-SecureString -AsPlainText -Force"),
        ("a.ps1", "$p = ConvertTo-SecureString umbrella -AsPlainText -Force"),
        ("a.ps1", "$c = [pscredential]::new('u', ('umbrella' | ConvertTo-SecureString -AsPlainText -Force))"),
        ("a.ps1", "Connect-AzAccount -Credential (New-Cred 'u' 'umbrella')"),
        ("a.ps1", "Connect-Thing -Password umbrella -User me"),
        ("a.ps1", "[Net.NetworkCredential]::new('', 'umbrella').SecurePassword"),
        // Neighbours, and options that programs have.
        ("a.sh", "mysql -uroot -pumbrella1 ; az login -u a@b.c -p umbrella"),
        ("a.sh", "curl -u id:umbrella -d grant_type=password https://login.example.org/token"),
        ("a.sh", "sqlcmd -S s -U u -P 'red umbrella'"),
        ("a.sh", "tool --password='red umbrella' --user me"),
        ("a.sh", "git clone https://me:umbrella@example.org/a.git"),
        ("a.py", "run(['tool', 'login', '-u', 'me', '-p', 'umbrella'])"),
        ("a.py", "open_db('Server=s;User Id=me;Password=red umbrella;Encrypt=True')"),
        ("a.bat", "set PASSWORD=red umbrella\r\ntool login -p umbrella\r\n"),
        // What one place says is a secret is none elsewhere either.
        ("a.sh", "word=umbrella\naz login -u a@b.c -p $word\necho $word | tool read\ntool umbrella"),
        ("a.env", "PASSWORD=umbrella\nGREETING=umbrella\n"),
    ] {
        let page = facts(name, text);
        assert!(!page.contains(HUNTED), "{text}\n{page}");
    }
}

#[test]
fn a_password_that_a_machine_made_is_hidden_wherever_it_stands() {
    let page = facts("a.sh", "word=zQ8rT4uV6wX1; tool send zQ8rT4uV6wX1 you");
    assert!(page.contains("tool send … you") && !page.contains("zQ8"), "{page}");
}

#[test]
fn what_is_no_secret_is_shown() {
    for (name, text, wanted) in [
        ("a.sh", "az login -u a@b.c -p umbrella --tenant t", "az login -u a@b.c -p … --tenant t"),
        ("a.sh", "PASSWORD=x az login -u me", "az login -u me"),
        (
            "a.sh",
            "tool -p \"$(az keyvault secret show -n n --vault-name v)\"",
            "az keyvault secret show -n n --vault-name v",
        ),
        ("a.py", "password = os.environ.get('DB_PASSWORD')", "get(\"DB_PASSWORD\")"),
        (
            "a.py",
            "login(grant='password', user='me', password='umbrella')",
            "login(grant=\"password\", user=\"me\", password=\"…\")",
        ),
        ("a.py", "open_db('Server=s;Password=umbrella;Encrypt=True')", "open_db(\"Server=s;Password=…;Encrypt=True\")"),
        (
            "a.py",
            "app.token_by_password('me', 'umbrella', ['https://example.org/.default'])",
            "[\"https://example.org/.default\"]",
        ),
        ("a.yml", "permissions:\n  id-token: write\n", "id-token: \"write\""),
        ("a.ps1", "Get-Thing -Path x -PassThru y", "Get-Thing -Path x -PassThru y"),
        ("a.py", "print('password: '); tool('me')", "tool(\"me\")"),
        (
            // A rule knows better than the name of the function which argument is the secret.
            "a.py",
            "from demo import Password as P\nP('client', 'umbrella', 'other')",
            "demo.Password(\"client\", \"…\", \"other\")",
        ),
    ] {
        let page = facts(name, text);
        assert!(page.contains(wanted), "{text}\n{page}");
    }
}

#[test]
fn the_page_says_what_runs_the_file_and_which_code_stands_in_it() {
    let workflow = "\
on: push
jobs:
  a:
    steps:
      - run: |
          tool one
      - shell: pwsh
        run: pwsh -c \"Get-Thing\"
";
    let page = facts(".github/workflows/a.yml", workflow);
    let start = "\
.github/workflows/a.yml: yaml, for GitHub Actions

guests:
  6:11  shell up to 7:1 [runs]
  8:14  powershell up to 8:33 [runs]
";
    assert!(page.starts_with(start), "{page}");
    // Code in code: a notebook holds Python, which holds lines of a shell.
    let notebook = r#"{"cells": [{"cell_type": "code", "source": ["x = 1\n", "!tool two"]}], "metadata": {}}"#;
    let page = facts("a.ipynb", notebook);
    assert!(page.contains("  1:46  python up to "), "{page}");
    assert!(page.contains("  1:58  shell up to "), "{page}");
    assert!(!facts("a.sh", "tool one").contains("guests"));
}

#[test]
fn with_why_the_page_ends_with_what_became_of_rules() {
    let script = "demo login -u me\ndemo login -u me -p hunter2hunter2\nother login\n";
    let repo = Repo::new([("a.sh", script), ("b.py", "x = 1\n")]);
    let tried = |args: &[&str]| {
        let printed = repo.facts(args);
        assert_eq!(printed.status, 0, "{}", printed.err);
        printed.out.split_once("tried:\n").map(|(_, tried)| tried.to_owned()).unwrap_or_default()
    };
    assert_eq!(tried(&["a.sh"]), "");
    let one = concat!(
        "  1:1  command demo login -u …\n",
        "    demo-password, line 10: the option `--password` is not there, or is empty\n",
        "  2:1  command demo login -u …\n",
        "    demo-password, line 10: matches with high confidence\n",
        "  on no fact\n",
        "    demo-password, line 15: no call has the name of `demo.Password`\n",
    );
    assert_eq!(tried(&["a.sh", "--why=demo-password"]), one);
    // Of all rules, only those are shown that look for anything like the facts.
    let all = tried(&["a.sh", "--why"]);
    assert!(all.contains("demo-password, line 10: matches") && !all.contains("demo-other"), "{all}");
    assert!(!all.contains("on no fact"), "{all}");
    assert!(tried(&["b.py", "--why"]).contains("no rule looks for anything like these facts"));
    let printed = repo.facts(&["a.sh", "--why=demo-pasword"]);
    assert_eq!(printed.status, 2);
    assert!(printed.err.contains("demo-password"), "{}", printed.err);
}

#[test]
fn what_is_said_of_a_rule_shows_no_secret() {
    let repo =
        Repo::new([("a.sh", "demo login -u me -p --umbrella-hat\ndemo login --hunter2hunter2 -p hunter2hunter2\n")]);
    let page = repo.facts(&["a.sh", "--why"]).out;
    assert!(page.contains("the command refuses it") && !page.contains("hunter2"), "{page}");
}
