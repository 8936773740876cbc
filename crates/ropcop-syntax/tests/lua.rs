//! Lua: modules, tables that are objects, texts, and commands handed to a process.

mod fixture;

use fixture::{check, check_tools_at, endure, framed};

#[test]
fn every_spelling_of_an_import_gives_the_full_path() {
    check(
        "a.lua",
        r#"
=== in brackets
local m = require("a.b")
m.open('u')  -- call a.b.open('u') [import]
=== without brackets
local m = require 'a.b'
m.open('u')  -- call a.b.open('u') [import]
=== a long text
local m = require[[a.b]]
m.open('u')  -- call a.b.open('u') [import]
=== with a slash, in a variable of the whole program
m = require('a/b')
m.open('u')  -- call a.b.open('u') [import]
=== without a name
require('a.b').open('u')  -- call a.b.open('u') [import]
=== a member
local open = require('a.b').open
open('u')  -- call a.b.open('u') [import]
=== by its name as a text
local m <const> = require('a.b')
m['open']('u')  -- call a.b.open('u') [import]
=== where it may be missing
local ok, m = pcall(require, 'a.b')
if ok then m.open('u') end  -- call a.b.open('u') [import]
=== where it must not be missing
local m = assert(require('a.b'), 'is missing')
m.open('u')  -- call a.b.open('u') [import]
=== used within a function
local m = require('a.b')
local function f() return m.open('u') end  -- call a.b.open('u') [import]
=== a call that may fail
local m = require('a.b')
local ok, t = pcall(m.open, 'u')  -- call a.b.open('u') [import]
t:close()  -- call a.b.open().close() [import]
=== a call that may fail, with a handler
local m = require('a.b')
xpcall(m.open, print, 'u')  -- call a.b.open('u') [import]
=== a member of a table
local x = {}
x.m = require('a.b')
x.m.open('u')  -- call a.b.open('u') [import]
"#,
    );
}

#[test]
fn what_the_file_or_its_folder_defines_is_no_module_from_elsewhere() {
    check(
        "a.lua",
        r#"
=== a file beside this one
local m = require('./lib')
m.open('u')  -- call ./lib.open('u') [relative]
=== a file that is run
local m = dofile('lib.lua')  -- call dofile
m.open('u')  -- call dofile().open('u') [unknown]
=== a function
local function open(u) end
open('u')  -- call open('u') [own]
=== a function of a table
local M = {}
function M.open(u) end
M.open('u')  -- call M.open('u') [own]
=== the same as a value
local M = {}
M.open = function(u) end
M.open('u')  -- call M.open('u') [own]
=== a name that is given again
local m = require('a.b')
local m = f()  -- call f
m.open('u')  -- call f().open('u') [unknown]
=== nothing at all
local t = m.open('a', 2)  -- call m.open('a', 2) [unknown]
"#,
    );
}

#[test]
fn what_a_module_makes_is_followed() {
    check(
        "a.lua",
        r#"
=== in a variable
local c = require('a.b').new()  -- call a.b.new() [import]
c:open('u')  -- call a.b.new().open('u') [import]
=== beside an error
local c, err = require('a.b').new()  -- call a.b.new() [import]
if c then c:open('u') end  -- call a.b.new().open('u') [import]
=== without a name
local m = require('a.b')
m.new():open('u')  -- call a.b.new() [import]; call a.b.new().open('u') [import]
=== in a member of an object
local m = require('a.b')
local C = {}
function C:init() self.c = m.new() end  -- call a.b.new() [import]
function C:f() self.c:open('u') end  -- call a.b.new().open('u') [import]
=== in a member of an object that is made here
local m = require('a.b')
local C = {}
function C.f()
  local self = setmetatable({}, C)
  self.c = m.new()  -- call a.b.new() [import]
  self.c:open('u')  -- call a.b.new().open('u') [import]
end
=== in a variable of the file that a function sets
local c
local function f() c = require('a.b').new() end  -- call a.b.new() [import]
local function g() c:open('u') end  -- call a.b.new().open('u') [import]
"#,
    );
}

#[test]
fn a_table_that_is_handed_over_keeps_its_keys() {
    check(
        "a.lua",
        r#"
=== with keys, and an item without
m.open({ user = 'u', ['pass'] = p, 'x' })  -- call m.open({user: 'u', pass: $p})
=== without brackets
m.open { user = 'u', pass = p }  -- call m.open({user: 'u', pass: $p})
=== filled later
local t = {}
t.user = 'u'
t['pass'] = p
m.open(t)  -- call m.open({user: 'u', pass: $p})
=== filled here and later
local t = { user = 'u' }
t.pass = p
m.open(t)  -- call m.open({user: 'u', pass: $p})
=== a list
m.open({ 'a', 'b' })  -- call m.open(['a', 'b'])
=== the variable of a process, and what comes last of a condition
m.open(os.getenv('U'), a and b)  -- call m.open($U, $b); call os.getenv('U')
"#,
    );
}

#[test]
fn texts_are_what_lua_makes_of_them() {
    framed(
        "a.lua",
        "m.open(…)",
        r#"
"a\65b\x41\u{41}\065"  -- call m.open('aAbAAA')
'a\tb\'c'  -- call m.open('a⇥b'c')
[==[a]]b\n]==]  -- call m.open('a]]b\n')
''  -- call m.open('')
('a' .. "b") .. [[c]] .. x .. 'd'  -- call m.open('abc$xd')
('%s-%d'):format('a', b)  -- call m.open('a-$b')
string.format('a %q', b.c)  -- call m.open('a $c')
"#,
    );
    check(
        "a.lua",
        r#"
=== an escape that skips what is blank
m.open('a\z  -- call m.open('ab')
   b')
=== an escaped line break
m.open('a\  -- call m.open('a⏎b')
b')
=== the first line break of a long text
m.open([[  -- call m.open('a⏎b')
a
b]])
"#,
    );
}

#[test]
fn a_command_is_found_however_it_is_started() {
    check(
        "a.lua",
        r#"
=== a text
os.execute('tool -u ' .. u .. ' -p x')  -- command tool -u $u… -p x @ tool -u ' .. u .. ' -p x
=== a pipe
local p = io.popen("tool a", "r")  -- command tool a; more command
=== a pipe that must open
local p = assert(io.popen('tool a'), 'tool cannot run')  -- command tool a
=== a text that is filled
os.execute(string.format('tool %s b', u))  -- command tool $u… b
=== the same by a method
os.execute(('tool %s'):format(u))  -- command tool $u…
=== in a variable
local c = 'tool ' .. 'a'  -- command tool a @ tool ' .. 'a
if x then os.execute(c) end
=== one of two
local c = x == 'tool q' and 'tool r' or 'tool s'  -- command tool r; command tool s
os.execute(c)
=== where it may fail
pcall(os.execute, 'tool a')  -- command tool a
=== several lines
os.execute [[
  x y &&  -- command x y
  tool a]]  -- command tool a
=== words
vim.fn.system({ 'tool', '-u', u })  -- command tool -u $u
=== a program and its words
uv.spawn('tool', { args = { 'a', u } })  -- command tool a $u
=== words that are added
local t = { 'tool' }  -- command tool a $u; more command
table.insert(t, 'a')
t[#t + 1] = u
os.execute(table.concat(t, ' '))
=== a list that is empty at first
local t = {}
t[#t + 1] = 'tool'  -- command tool a
t[#t + 1] = 'a'
ngx.pipe.spawn(t)
"#,
    );
}

#[test]
fn a_text_that_is_printed_or_compared_is_no_command() {
    check(
        "a.lua",
        r#"
=== printed
print('tool a')  -- no command
=== printed as an error
io.stderr:write('tool a')  -- no command
=== logged
ngx.log(ngx.ERR, 'tool a')  -- no command
=== an error
error('tool a')  -- no command
=== what is said where something is missing
assert(x, 'tool a')  -- no command
=== compared
if x == 'tool a' then y = z end  -- no command
=== in a comment
-- os.execute('tool a')  -- no command
=== in a comment of several lines
--[==[  -- no command
os.execute('tool a')
]==]
"#,
    );
}

#[test]
fn lua_stands_in_pages_and_behind_an_interpreter() {
    let found = [("tool a", "tool a")];
    check_tools_at("bin/job", "#!/usr/bin/env lua5.4\nos.execute('tool a')", &found);
    check_tools_at("a.md", "```lua\nos.execute('tool a')\n```\n", &found);
    check_tools_at("a.md", "```lua\n> os.execute('tool a')\n0\n```\n", &found);
    check_tools_at("Dockerfile", "FROM a\nCMD [\"lua\", \"-e\", \"os.execute('tool a')\"]\n", &found);
}

#[test]
fn broken_and_endless_files_are_read_to_the_end() {
    check_tools_at("a.lua", "local x = (\nos.execute('tool a')\n", &[("tool a", "tool a")]);
    endure("a.lua", "local x = {\nfunction f(");
    for piece in ["(", "{", "a.", "a..", "f(", "function() ", "if x then ", "[[", "[==[", "not ", "x = {y = "] {
        endure("a.lua", &piece.repeat(4_000));
    }
    endure("a.lua", &format!("os.execute({}b)", "'a' .. ".repeat(5_000)));
    for added in
        ["t[#t + 1] = 'tool a'\n", "table.insert(t, 'tool a')\n", "t = t .. f(t)\n", "local m = require('a')\n"]
    {
        endure("a.lua", &format!("local t = {{}}\n{}", added.repeat(5_000)));
    }
}
