//! Frames of stack traces, and whose code they are in: by the forms of Python, the JVM, JavaScript, C#, Rust, Go, Ruby, PHP and
//! debuggers.
//!
//! What is not surely a library's is taken for the user's own.

use super::library;

/// Lines of the code that a frame quotes, at most.
const MOST_QUOTED: usize = 12;

/// A frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame<'text> {
    /// Lines that it stands on.
    pub(super) lines: usize,
    pub(super) form: Form,
    /// The library whose code it is in; none for the user's own.
    pub(super) library: Option<&'text str>,
}

/// How a frame is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `File "a.py", line 3, in f`, then the lines of code.
    Python,
    /// `at f (a.js:3:1)`: JavaScript, the JVM, C#.
    At,
    /// `3: a::b`, then `at a.rs:3:1`.
    Rust,
    /// `a.f(0x1)`, then a tab and `/a.go:3 +0x1d`.
    Go,
    /// `from a.rb:3:in 'f'`.
    Ruby,
    /// `#3 f () at a.c:3`, `#3 /a.php(3): f()`.
    Numbered,
}

/// The frame that begins with the first of some lines.
pub(super) fn begins<'text>(lines: &[&'text str]) -> Option<Frame<'text>> {
    let line = *lines.first()?;
    let trimmed = line.trim_start();
    let one = |form, library| Some(Frame { lines: 1, form, library });
    match trimmed.as_bytes().first()? {
        b'F' => python(lines),
        b'a' if is_indented(line) || is_of_jvm(trimmed) => one(Form::At, at(trimmed.strip_prefix("at ")?.trim_end())),
        b'f' if is_indented(line) => {
            let place = trimmed.strip_prefix("from ").filter(|place| place.contains(":in "))?;
            one(Form::Ruby, library::of_path(place))
        }
        b'#' => numbered(lines),
        b'0'..=b'9' => rust(lines),
        _ => go(lines),
    }
}

fn is_indented(line: &str) -> bool {
    line.starts_with([' ', '\t'])
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// How many lines below the first are deeper than it and do not begin another frame.
fn quoted(lines: &[&str], begins: impl Fn(&str) -> bool) -> usize {
    let margin = indent(lines[0]);
    let belongs = |line: &&&str| !line.trim().is_empty() && indent(line) > margin && !begins(line.trim_start());
    lines[1..].iter().take(MOST_QUOTED).take_while(belongs).count()
}

/// A place without `, in` is that of an error of syntax, which is the message.
fn python<'text>(lines: &[&'text str]) -> Option<Frame<'text>> {
    let (path, place) = lines[0].trim_start().strip_prefix("File \"")?.split_once("\", line ")?;
    place.contains(", in ").then(|| Frame {
        lines: 1 + quoted(lines, |line| line.starts_with("File \"")),
        form: Form::Python,
        library: library::of_path(path),
    })
}

/// Whether a frame tells its place as virtual machines for Java do.
fn is_of_jvm(frame: &str) -> bool {
    const PLACES: [&str; 8] =
        [".java", ".kt", ".scala", ".groovy", ".clj", "(Native Method)", "(Unknown Source)", "(<generated>)"];
    let place = frame.find('(').map_or("", |at| &frame[at..]);
    PLACES.iter().any(|mark| place.contains(mark))
}

/// The library of what follows `at `.
fn at(frame: &str) -> Option<&str> {
    let Some((name, rest)) = frame.split_once('(') else { return library::of_path(frame) };
    if is_of_jvm(frame) {
        return library::of_class(name, rest);
    }
    let inside = rest.split_once(')').map_or(rest, |(inside, _)| inside);
    // JavaScript has the place in the parentheses, C# the parameters, and after them the file, where it is known.
    if name.ends_with(' ') {
        let is_built_in = inside == "<anonymous>" || inside.starts_with("index ");
        return library::of_path(inside).or_else(|| is_built_in.then_some("javascript"));
    }
    let is_own = rest.split_once(") in ").is_some_and(|(_, file)| !file.starts_with("/_/"));
    if is_own { None } else { library::of_namespace(name) }
}

fn rust<'text>(lines: &[&'text str]) -> Option<Frame<'text>> {
    let (number, name) = lines[0].trim_start().split_once(": ")?;
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let place = lines.get(1).map(|line| line.trim_start()).filter(|line| line.starts_with("at "));
    let library = place.map_or_else(|| library::of_crate(name), |place| library::of_path(&place["at ".len()..]));
    Some(Frame { lines: 1 + usize::from(place.is_some()), form: Form::Rust, library })
}

fn go<'text>(lines: &[&'text str]) -> Option<Frame<'text>> {
    let place = lines.get(1)?;
    let (path, _) = place.split_once(".go:").filter(|_| indent(place) > indent(lines[0]))?;
    let path = path.trim_start();
    let is_call = lines[0].trim_end().ends_with(')') || lines[0].trim_start().starts_with("created by ");
    is_call.then(|| Frame { lines: 2, form: Form::Go, library: library::of_go(path) })
}

fn numbered<'text>(lines: &[&'text str]) -> Option<Frame<'text>> {
    let rest = lines[0].trim_start().strip_prefix('#')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let frame = rest[digits..].strip_prefix(' ').filter(|_| digits > 0)?;
    let below = quoted(lines, |line| line.starts_with('#'));
    Some(Frame { lines: 1 + below, form: Form::Numbered, library: library::of_path(frame) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_known_by_their_form_and_their_place() {
        let frame = |text: &str| {
            let lines: Vec<&str> = text.lines().collect();
            begins(&lines).map(|frame| format!("{:?} {} {}", frame.form, frame.lines, frame.library.unwrap_or("own")))
        };
        for (text, expected) in [
            (
                "  File \"/app/views.py\", line 3, in get\n    return f(\n           ^^\n  File \"/b.py\", line 1, in g",
                "Python 3 own",
            ),
            (
                "  File \"/x/lib/python3.12/site-packages/django/core/base.py\", line 3, in run\n    f()",
                "Python 2 django",
            ),
            ("  File \"/usr/lib/python3.12/asyncio/runners.py\", line 118, in run", "Python 1 python"),
            ("  File \"C:\\Python312\\Lib\\json\\decoder.py\", line 355, in raw_decode\n    raise", "Python 2 python"),
            ("  File \"<frozen importlib._bootstrap>\", line 1360, in _find_and_load", "Python 1 python"),
            ("\tat com.acme.shop.Orders.find(Orders.java:41)", "At 1 own"),
            (
                "\tat org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:897)",
                "At 1 org.springframework",
            ),
            ("\tat java.base/java.lang.Thread.run(Thread.java:833)", "At 1 java"),
            ("\tat app//org.junit.Assert.fail(Assert.java:89)", "At 1 org.junit"),
            ("at java.util.concurrent.FutureTask.run(FutureTask.java:266)", "At 1 java"),
            ("\tat com.acme.lib.Pool.get(Pool.java:9) ~[acme-lib-2.1.jar!/:2.1]", "At 1 com.acme"),
            ("\tat com.acme.App.main(App.java:9) ~[classes!/:na]", "At 1 own"),
            ("    at Module._compile (node:internal/modules/cjs/loader:1469:14)", "At 1 node"),
            (
                "    at Layer.handle [as handle_request] (/app/node_modules/express/lib/router/layer.js:95:5)",
                "At 1 express",
            ),
            ("    at async /app/node_modules/@nestjs/core/router/router-proxy.js:9:17", "At 1 @nestjs/core"),
            ("    at processTicksAndRejections (internal/process/task_queues.js:95:5)", "At 1 node"),
            ("    at run (/app/src/index.ts:12:9)", "At 1 own"),
            ("    at Array.map (<anonymous>)", "At 1 javascript"),
            ("    at System.load (/app/src/index.ts:12:9)", "At 1 own"),
            ("   at Shop.Orders.Find(Int32 id) in /src/Shop/Orders.cs:line 41", "At 1 own"),
            ("   at System.Threading.Tasks.Task.Execute()", "At 1 System"),
            ("   at Microsoft.AspNetCore.Routing.EndpointMiddleware.Invoke(HttpContext httpContext)", "At 1 Microsoft"),
            (
                "   4: core::panicking::panic_fmt\n             at /rustc/9fc6b43126469e3858e2fe86cafb4f0fd5068869/library/core/src/panicking.rs:75:14",
                "Rust 2 std",
            ),
            (
                "   5: tokio::runtime::park::run\n             at /.cargo/registry/src/index-1949cf8c6b5b557f/tokio-1.43.0/src/runtime/park.rs:281:63",
                "Rust 2 tokio-1.43.0",
            ),
            ("   6: shop::main\n             at ./src/main.rs:3:5", "Rust 2 own"),
            ("   7: std::rt::lang_start", "Rust 1 std"),
            (
                "net/http.(*conn).serve(0xc0001a2000, {0x7ff, 0xc00})\n\t/usr/local/go/src/net/http/server.go:2009 +0x5f4",
                "Go 2 go",
            ),
            (
                "github.com/gin-gonic/gin.(*Context).Next(...)\n\t/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/context.go:174",
                "Go 2 github.com/gin-gonic/gin",
            ),
            ("created by main.serve in goroutine 1\n\t/app/main.go:12 +0x25", "Go 2 own"),
            ("\tfrom /usr/lib/ruby/gems/3.2.0/gems/rack-2.2.8/lib/rack/builder.rb:12:in `call'", "Ruby 1 rack-2.2.8"),
            ("\tfrom app/models/order.rb:12:in `find'", "Ruby 1 own"),
            (
                "#3 /app/vendor/laravel/framework/src/Illuminate/Pipeline/Pipeline.php(183): f()",
                "Numbered 1 laravel/framework",
            ),
            ("#4 [internal function]: f()", "Numbered 1 php"),
            ("#5 /app/index.php(17): g()", "Numbered 1 own"),
            ("#1  0x00007ffff7e2 in raise () from /lib/x86_64-linux-gnu/libc.so.6", "Numbered 1 libc.so.6"),
            ("#2  0x000055 in main (argc=1) at main.c:12", "Numbered 1 own"),
        ] {
            assert_eq!(frame(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "  File \"a.py\", line 1\n    f(\n     ^",
            "ValueError: no",
            "at the end (of it)",
            "#include <a.h>",
            "from a to b",
            "  1. at home",
            "main()",
        ] {
            assert_eq!(frame(text), None, "{text}");
        }
    }
}
