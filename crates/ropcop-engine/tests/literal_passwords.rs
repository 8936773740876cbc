//! Whether the password of a sign-in stands in the file, also where a variable or a credential holds it.

mod repository;

use std::collections::BTreeMap;

use repository::Scanner;

/// Whether the one finding of a file says that its password is written there.
fn is_written(scanner: &Scanner, path: &str, text: &str) -> bool {
    let found = scanner.findings(&BTreeMap::from([(path.to_owned(), text.to_owned())]));
    let [finding] = &found[..] else { panic!("one finding in {text}: {found:#?}") };
    finding.message.contains("written in the source")
}

#[test]
fn a_password_behind_a_variable_of_a_shell_is_written_there() {
    let scanner = Scanner::new();
    for text in [
        "PW='Wint3r!Sun'\naz login -u deploy@contoso.com -p \"$PW\"\n",
        "az login -u deploy@contoso.com -p \"${PW:-Wint3r!Sun}\"\n",
        "SECRET=Wint3r!Sun\nPW=$SECRET\naz login -u deploy@contoso.com -p $PW\n",
        "if [ \"$1\" = prod ]; then PW=Wint3r!Sun; else PW=$OTHER; fi\naz login -u deploy@contoso.com -p $PW\n",
    ] {
        assert!(is_written(&scanner, "a.sh", text), "{text}");
    }
    for text in [
        "az login -u deploy@contoso.com -p \"$PW\"\n",
        "PW=$(cat secret.txt)\naz login -u deploy@contoso.com -p \"$PW\"\n",
        "PW=''\naz login -u deploy@contoso.com -p \"$PW\"\n",
        "PW=changeme\naz login -u deploy@contoso.com -p \"$PW\"\n",
        "az login -u deploy@contoso.com -p \"${PW:-<password>}\"\n",
        "NAME='Wint3r!Sun'\naz login -u \"$NAME\" -p \"$PW\"\n",
    ] {
        assert!(!is_written(&scanner, "a.sh", text), "{text}");
    }
}

#[test]
fn the_password_of_a_credential_is_written_where_its_text_is() {
    let scanner = Scanner::new();
    let secure = "$p = ConvertTo-SecureString 'Wint3r!Sun' -AsPlainText -Force\n";
    for text in [
        format!("{secure}$c = New-Object PSCredential('a@contoso.com', $p)\nConnect-AzAccount -Credential $c\n"),
        format!("{secure}$c = [PSCredential]::new('a@contoso.com', $p)\nConnect-MsolService -Credential $c\n"),
        "$w = 'Wint3r!Sun'\n$p = $w | ConvertTo-SecureString -AsPlainText -Force\n\
         $c = New-Object System.Management.Automation.PSCredential -ArgumentList 'a@contoso.com', $p\n\
         Connect-AzAccount -Credential $c\n"
            .to_owned(),
        "param([string]$Word = 'Wint3r!Sun')\n\
         $p = ConvertTo-SecureString -String $Word -AsPlainText -Force\n\
         $c = New-Object PSCredential('a@contoso.com', $p)\nConnect-AzAccount -Credential $c\n"
            .to_owned(),
    ] {
        assert!(is_written(&scanner, "a.ps1", &text), "{text}");
    }
    for text in [
        "Connect-AzAccount -Credential $c\n",
        "$c = New-Object PSCredential('a@contoso.com', (Get-Secret 'Wint3r!Sun'))\nConnect-AzAccount -Credential $c\n",
        "$p = ConvertTo-SecureString $env:PW -AsPlainText -Force\n\
         $c = New-Object PSCredential('Wint3r!Sun', $p)\nConnect-AzAccount -Credential $c\n",
        "$p = ConvertTo-SecureString 'changeme' -AsPlainText -Force\n\
         $c = New-Object PSCredential('a@contoso.com', $p)\nConnect-AzAccount -Credential $c\n",
    ] {
        assert!(!is_written(&scanner, "a.ps1", text), "{text}");
    }
}
