//! What is seen in makefiles; `fixture/shown.rs` says how commands are written here.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

fn check(text: &str, wanted: &[&str]) {
    fixture::check_tools("Makefile", text, wanted);
}

fn check_places(text: &str, wanted: &[&str]) {
    fixture::check_places("Makefile", text, wanted);
}

#[test]
fn commands_are_found_at_every_place_of_a_recipe() {
    let text = "a: b\n\ttool 1\n\t@tool 2; tool 3\n\t-@ tool 4 && tool 5\n\n# c\n\t+tool 6\nc: ; tool 7\nd:; @tool 8\n\ttool 9";
    let wanted: Vec<String> = (1..=9).map(|number| format!("tool {number}")).collect();
    check(text, &wanted.iter().map(String::as_str).collect::<Vec<_>>());
    check_places("a:\r\n\t@tool 1 2\r\n\ttool 3\r\n", &["tool 1 2", "tool 3"]);
}

#[test]
fn a_command_goes_on_behind_a_backslash() {
    let text = "a:\n\tcd x && \\\n\ttool a \\\n\t  -p $(P) \\\n\t  --exempt\n\tother\n";
    check(text, &["tool a -p $P… --exempt"]);
    check_places(text, &["tool a \\\n\t  -p $(P) \\\n\t  --exempt"]);
}

#[test]
fn references_are_holes() {
    check("a:\n\ttool $(U) \"${U}\" x$(U)y $X $$S $${S} \"$$(z)\"", &["tool $U… $U x$Uy $X… $S… $S… ?"]);
    check("a:\n\ttool $@ $< $^ $(@D) $(U:.c=.o) $(subst a,b,$(U)) -b", &["tool ?… ?… ?… ?… $U… ?… -b"]);
    check("a:\n\ttool $(A$(B)) $(unclosed -b", &["tool ?… ?…"]);
}

#[test]
fn comments_and_prints_are_silent() {
    check("# tool a\nX = 1 # tool b\na: b # tool c\n\t# tool d\n\t@# tool e\n\ttrue # tool f\n# x \\\ntool g\n", &[]);
    check("a:\n\t@echo tool a\n\t$(info tool b)\n\t$(warning tool c)\n$(error tool d)\n\t@printf 'tool e'\n", &[]);
    check("a:\n\techo 'tool a' > x.sh\n", &["tool a (likely)"]);
}

#[test]
fn a_variable_with_one_value_is_followed() {
    check("T = tool\na:\n\t$(T) a\n\t@${T} b $(P)\n", &["tool a", "tool b $P…"]);
    check_places("T = tool\na:\n\t@$(T) a\n", &["$(T) a"]);
    check("LOGIN := tool a -u $(U) \\\n  -p x\na:\n\t$(LOGIN) --exempt\n", &["tool a -u $U… -p x --exempt"]);
    check_places("LOGIN := tool a -u $(U)\na:\n\t$(LOGIN) --exempt\n\t@$(LOGIN)\n", &["$(LOGIN) --exempt", "$(LOGIN)"]);
    check("login = tool -u $(1) -p $(2)\na:\n\t$(call login,$(U),x y)\n", &["tool -u $U… -p x y"]);
    check("P =\na:\n\ttool $(P)", &["tool $P…"]);
    check("P = a\nP += b\na:\n\ttool $(P)", &["tool $P…"]);
    check("a: P = a\na:\n\ttool $(P)", &["tool $P…"]);
}

#[test]
fn a_default_is_followed_where_it_is_the_program_only() {
    check("T ?= tool\nP ?= x\na:\n\t$(T) -p $(P)\n\tcd x && $(T) b\n", &["tool -p $P…", "tool b"]);
}

#[test]
fn what_hides_commands_is_no_part_of_them() {
    check("a:\n\t$(Q)tool a\n\t$(Q) tool b\n\t$(BIN)/tool c\n", &["tool a", "$Q… tool b", "$BIN/tool c"]);
    check("Q := @\na:\n\t$(Q) tool b\n", &["tool b"]);
}

#[test]
fn functions_that_run_scripts() {
    let text = "X := $(shell tool a | head)\nY != tool b -c\nexport Z ?= $(if $(shell tool c),$(X))\na: $(shell tool d)\n\
                \techo $(shell tool e $(U))\n\ttool f $(X)\n$(shell tool g)\n";
    check(text, &["tool a", "tool b -c", "tool c", "tool d", "tool e $U…", "tool f $X…", "tool g"]);
    check_places("X := $(shell tool a | head)\n", &["tool a"]);
}

#[test]
fn a_definition_of_several_lines_is_likely() {
    let text = "define login\n\t@tool a -u $(1) \\\n\t  -p $$P\n\techo tool b\nendef\na:\n\t$(call login,x)\n";
    check(text, &["tool a -u $1… -p $P… (likely)"]);
    check_places(text, &["tool a -u $(1) \\\n\t  -p $$P"]);
}

#[test]
fn lines_of_a_recipe_share_a_shell_only_if_they_are_told_to() {
    check("a:\n\tT=tool\n\t$$T a\n", &[]);
    check(".ONESHELL:\na:\n\tT=tool\n\t$$T a\n", &["tool a"]);
}

#[test]
fn conditions_make_branches() {
    let text = "a:\nifeq ($(X),1)\n\ttool a\nelse\n\ttool b\nendif\nifdef Y\n\ttool c\nendif\n";
    check(text, &["tool a (branch)", "tool b (branch)", "tool c"]);
}

#[test]
fn what_begins_a_line_of_a_recipe_can_be_changed() {
    check(".RECIPEPREFIX = >\na:\n>tool a\n> @tool b\n", &["tool a", "tool b"]);
    check("X = 1\n\ttool a\n", &[]);
}

#[test]
fn recipes_can_be_in_another_language() {
    check("SHELL := cmd.exe\na:\n\tcall tool %P%\n", &["tool $P…"]);
}

#[test]
fn hostile_text_is_read_in_time() {
    for text in [
        "a:\n\t".to_owned() + &"$(".repeat(100_000),
        "a:\n\t".to_owned() + &"$(if ".repeat(50_000) + &")".repeat(50_000),
        "ifdef X\n".repeat(20_000) + "a:\n" + &"\ttool\nelse\nendif\n".repeat(10_000),
        "define X\n".repeat(20_000),
        "A = $(A) $(A)\na:\n\t$(A)\n".to_owned(),
        (0..400).map(|n| format!("A{n} = {}\n", format!("$(A{})", n + 1).repeat(50))).collect::<String>()
            + "a:\n\t$(A0)\n",
        "A = ".to_owned() + &"$(call A,$(1)$(1))".repeat(2_000) + "\na:\n\t$(call A,xy)\n",
        "a:\n".to_owned() + &"\ttool \\\n".repeat(50_000),
        "a".repeat(1_000_000) + &":".repeat(100_000),
    ] {
        fixture::tools("Makefile", &text);
    }
}
