//! Lua: modules, tables that are objects, texts, and commands handed to a process.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod endure;
mod seen;

use endure::endure;
use ropcop_syntax::{Call, Origin, Part, Value};
use seen::{check, facts, tools};

fn call(text: &str, end: &str) -> Call {
    let found = facts("a.lua", text).calls;
    let is_it = |call: &&Call| call.symbols.iter().any(|symbol| symbol.path.ends_with(end));
    found.iter().find(is_it).cloned().unwrap_or_else(|| panic!("{end}: {found:#?}"))
}

fn text_value(text: &str) -> Value {
    Value::Text(vec![Part::Text(text.to_owned())])
}

/// The commands of a script, without their places.
fn commands(text: &str) -> Vec<String> {
    tools("a.lua", text).into_iter().map(|(shown, _)| shown).collect()
}

#[test]
fn every_spelling_of_an_import_gives_the_full_path() {
    for text in [
        "local m = require(\"a.b\")\nm.open('u')",
        "local m = require 'a.b'\nm.open('u')",
        "local m = require[[a.b]]\nm.open('u')",
        "m = require('a/b')\nm.open('u')",
        "require('a.b').open('u')",
        "local open = require('a.b').open\nopen('u')",
        "local m <const> = require('a.b')\nm['open']('u')",
        "local ok, m = pcall(require, 'a.b')\nif ok then m.open('u') end",
        "local m = assert(require('a.b'), 'is missing')\nm.open('u')",
        "local m = require('a.b')\nlocal function f() return m.open('u') end",
        "local m = require('a.b')\npcall(m.open, 'u')",
        "local m = require('a.b')\nxpcall(m.open, print, 'u')",
        "local x = {}\nx.m = require('a.b')\nx.m.open('u')",
    ] {
        let found = call(text, "a.b.open");
        assert_eq!((found.symbols[0].path.as_str(), found.symbols[0].origin), ("a.b.open", Origin::Import), "{text}");
        assert_eq!(found.args[0].value, text_value("u"), "{text}");
        assert!(facts("a.lua", text).imports.contains(&"a.b".to_owned()), "{text}");
    }
}

#[test]
fn a_file_beside_this_one_is_no_module_from_elsewhere() {
    assert_eq!(call("local m = require('./lib')\nm.open('u')", "open").symbols[0].origin, Origin::Relative);
    assert_eq!(call("local m = dofile('lib.lua')\nm.open('u')", "open").symbols[0].origin, Origin::Unknown);
    assert_eq!(call("local function open(u) end\nopen('u')", "open").symbols[0].origin, Origin::Own);
    assert_eq!(call("local M = {}\nfunction M.open(u) end\nM.open('u')", "open").symbols[0].origin, Origin::Own);
    assert_eq!(call("local M = {}\nM.open = function(u) end\nM.open('u')", "open").symbols[0].origin, Origin::Own);
    assert_eq!(call("local m = require('a.b')\nlocal m = f()\nm.open('u')", "open").symbols[0].path, "f().open");
}

#[test]
fn what_a_module_makes_is_followed() {
    for text in [
        "local c = require('a.b').new()\nc:open('u')",
        "local c, err = require('a.b').new()\nif c then c:open('u') end",
        "local m = require('a.b')\nm.new():open('u')",
        "local m = require('a.b')\nlocal C = {}\nfunction C:init() self.c = m.new() end\nfunction C:f() self.c:open('u') end",
        "local m = require('a.b')\nlocal C = {}\nfunction C.f() local self = {}\nself.c = m.new()\nself.c:open('u') end",
        "local c\nlocal function f() c = require('a.b').new() end\nlocal function g() c:open('u') end",
    ] {
        let found = call(text, "a.b.new().open");
        assert_eq!((found.symbols[0].origin, found.args[0].position), (Origin::Import, Some(0)), "{text}");
    }
}

#[test]
fn a_call_of_something_unknown_has_its_name() {
    let found = call("local t = m.open('a', 2)", "m.open");
    assert_eq!((found.symbols[0].path.as_str(), found.symbols[0].origin), ("m.open", Origin::Unknown));
    let values: Vec<Value> = found.args.into_iter().map(|arg| arg.value).collect();
    assert_eq!(values, [text_value("a"), Value::Number("2".to_owned())]);
}

#[test]
fn a_table_that_is_handed_over_keeps_its_keys() {
    for text in [
        "m.open({ user = 'u', ['pass'] = p, 'x' })",
        "m.open { user = 'u', pass = p }",
        "local t = {}\nt.user = 'u'\nt['pass'] = p\nm.open(t)",
        "local t = { user = 'u' }\nt.pass = p\nm.open(t)",
    ] {
        let found = call(text, "m.open");
        let Value::Map(entries) = &found.args[0].value else { panic!("{text}: {found:?}") };
        let wanted = [("user", text_value("u")), ("pass", Value::Dynamic { name: Some("p".to_owned()) })];
        assert_eq!(entries[..], wanted.map(|(key, value)| (key.to_owned(), value)), "{text}");
    }
    let list = call("m.open({ 'a', 'b' })", "m.open");
    assert_eq!(list.args[0].value, Value::List(vec![text_value("a"), text_value("b")]));
}

#[test]
fn texts_are_what_lua_makes_of_them() {
    for (literal, text) in [
        (r#""a\65b\x41\u{41}\065""#, "aAbAAA"),
        ("'a\\z\n   b'", "ab"),
        ("'a\\\nb\\tc'", "a\nb\tc"),
        ("[[\na\\n\"b\"]]", "a\\n\"b\""),
        ("[==[a]]b]==]", "a]]b"),
        ("''", ""),
        ("('a' .. \"b\") .. [[c]] .. 1", "abc${}"),
        ("('%s is %d'):format('a', 2)", "${} is ${}"),
        ("string.format('a %q', b.c)", "a ${c}"),
    ] {
        let found = call(&format!("m.open({literal})"), "m.open");
        let shown: String = match &found.args[0].value {
            Value::Text(parts) => {
                parts.iter().map(|part| part.text().map_or_else(|| hole(part), str::to_owned)).collect()
            }
            other => panic!("{literal}: {other:?}"),
        };
        assert_eq!(shown, text, "{literal}");
    }
}

fn hole(part: &Part) -> String {
    match part {
        Part::Variable(name) => format!("${{{name}}}"),
        _ => "${}".to_owned(),
    }
}

#[test]
fn a_command_is_found_however_it_is_started() {
    for (script, shown, written) in [
        ("os.execute('tool -u ' .. u .. ' -p x')", "tool -u $u… -p x", "tool -u ' .. u .. ' -p x"),
        ("local p = io.popen(\"tool a\", \"r\")", "tool a", "tool a"),
        ("local p = assert(io.popen('tool a'))", "tool a", "tool a"),
        ("os.execute(string.format('tool %s b', u))", "tool $u… b", "tool %s b"),
        ("os.execute(('tool %s'):format(u))", "tool $u…", "tool %s"),
        ("local c = 'tool a'\nos.execute(c)", "tool a", "tool a"),
        ("local c = 'tool ' .. 'a'\nif x then os.execute(c) end", "tool a", "tool ' .. 'a"),
        ("pcall(os.execute, 'tool a')", "tool a", "tool a"),
        ("os.execute [[\n  x &&\n  tool a]]", "tool a", "tool a"),
        ("vim.fn.system({ 'tool', '-u', u })", "tool -u $u", "'tool', '-u', u"),
        ("uv.spawn('tool', { args = { 'a', u } })", "tool a $u", "{ 'a', u }"),
        (
            "local t = { 'tool' }\ntable.insert(t, 'a')\nos.execute(table.concat(t, ' '))",
            "tool a",
            "'tool' }\ntable.insert(t, 'a'",
        ),
        ("local t = {}\nt[#t + 1] = 'tool'\nt[#t + 1] = 'a'\nngx.pipe.spawn(t)", "tool a", "'tool'\nt[#t + 1] = 'a'"),
    ] {
        check("a.lua", script, &[(shown, written)]);
    }
}

#[test]
fn a_text_that_is_printed_or_compared_is_no_command() {
    for script in [
        "print('tool a')",
        "io.stderr:write('tool a')",
        "ngx.log(ngx.ERR, 'tool a')",
        "error('tool a')",
        "assert(x, 'tool a')",
        "if x == 'tool a' then y() end",
        "-- os.execute('tool a')",
        "--[[ os.execute('tool a') ]]",
        "--[==[\nos.execute('tool a')\n]==]",
    ] {
        assert_eq!(commands(script), Vec::<String>::new(), "{script}");
    }
    assert_eq!(commands("local c = os.getenv('C') == 'tool q' and 'tool r' or 'tool s'\nos.execute(c)").len(), 2);
}

#[test]
fn the_variable_behind_a_value_has_its_name() {
    let found = call("m.open(os.getenv('USER_NAME'), os.getenv('PASS') or 'x', a and b)", "m.open");
    let [user, pass, b] = ["USER_NAME", "PASS", "b"].map(|name| Value::Dynamic { name: Some(name.to_owned()) });
    let values: Vec<Value> = found.args.into_iter().map(|arg| arg.value).collect();
    assert_eq!(values, [user, Value::Choice(vec![pass, text_value("x")]), b]);
}

#[test]
fn lua_stands_in_pages_and_behind_an_interpreter() {
    check("bin/job", "#!/usr/bin/env lua5.4\nos.execute('tool a')", &[("tool a", "tool a")]);
    check("a.md", "```lua\nos.execute('tool a')\n```\n", &[("tool a", "tool a")]);
    check("a.md", "```lua\n> os.execute('tool a')\n0\n```\n", &[("tool a", "tool a")]);
    check("Dockerfile", "FROM a\nCMD [\"lua\", \"-e\", \"os.execute('tool a')\"]\n", &[("tool a", "tool a")]);
}

#[test]
fn broken_and_endless_files_are_read_to_the_end() {
    endure("a.lua", "local x = {\nfunction f(");
    for piece in ["(", "{", "a.", "a..", "f(", "function() ", "if x then ", "[[", "[==[", "not ", "x = {y = "] {
        endure("a.lua", &piece.repeat(4_000));
    }
    let long = "'a' .. ".repeat(5_000);
    endure("a.lua", &format!("os.execute({long}b)"));
    endure("a.lua", &"t[#t + 1] = 'a'\n".repeat(5_000));
    assert_eq!(commands(&format!("local x = (\nos.execute('tool a')\n")), ["tool a"]);
}
