//! The program as it is used: each file in `cmd` is a page of commands with what they print, run in the folder of the
//! same name. `TRYCMD=overwrite cargo test -p ropcop --test cmd` writes down what is printed now.

#[test]
fn commands_print_what_is_written_down() {
    trycmd::TestCases::new().env("NO_COLOR", "1").default_bin_name("ropcop").case("tests/cmd/*.md");
}
