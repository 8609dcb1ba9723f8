//! Libraries: whose code a frame is in, by the places where package managers and toolchains put it, and by names.
//!
//! What is not surely a library's is taken for the user's own.

/// Directories that hold packages, and how many directories a package's name has.
const PACKAGES: [(&str, usize); 5] =
    [("site-packages", 1), ("dist-packages", 1), ("node_modules", 1), ("gems", 1), ("vendor", 2)];

/// Places of toolchains and systems, and what to call them.
const TOOLCHAINS: [(&str, &str); 20] = [
    ("/lib/python3", "python"),
    ("/lib/python2", "python"),
    ("<frozen ", "python"),
    ("node:internal/", "node"),
    ("internal/modules/", "node"),
    ("internal/process/", "node"),
    ("internal/main/", "node"),
    ("internal/timers", "node"),
    ("webpack/bootstrap", "webpack"),
    ("webpack/runtime", "webpack"),
    ("/rustc/", "std"),
    ("/rustlib/src/", "std"),
    ("/lib/ruby/", "ruby"),
    ("<internal:", "ruby"),
    ("[internal function]", "php"),
    ("/sysdeps/", "libc"),
    ("./nptl/", "libc"),
    ("./elf/", "libc"),
    ("/csu/", "libc"),
    ("/_/src/", "dotnet"),
];

/// How the names of classes begin that belong to the JVM, or to what many programs for it use.
const CLASSES: [&str; 60] = [
    "java.",
    "javax.",
    "jakarta.",
    "jdk.",
    "sun.",
    "com.sun.",
    "kotlin.",
    "kotlinx.",
    "scala.",
    "groovy.",
    "clojure.",
    "android.",
    "androidx.",
    "dalvik.",
    "com.android.internal.",
    "org.springframework.",
    "org.apache.",
    "org.hibernate.",
    "org.junit.",
    "junit.",
    "org.testng.",
    "org.mockito.",
    "org.gradle.",
    "org.eclipse.",
    "org.jetbrains.",
    "org.codehaus.",
    "org.jboss.",
    "org.wildfly.",
    "org.slf4j.",
    "org.postgresql.",
    "org.aspectj.",
    "org.glassfish.",
    "org.quartz.",
    "org.thymeleaf.",
    "org.flywaydb.",
    "org.elasticsearch.",
    "org.mariadb.",
    "org.scalatest.",
    "com.mysql.",
    "com.zaxxer.hikari.",
    "com.fasterxml.",
    "com.google.common.",
    "com.google.gson.",
    "com.google.inject.",
    "com.google.protobuf.",
    "com.mongodb.",
    "com.amazonaws.",
    "software.amazon.",
    "ch.qos.logback.",
    "io.netty.",
    "io.undertow.",
    "io.micronaut.",
    "io.quarkus.",
    "io.vertx.",
    "io.grpc.",
    "io.ktor.",
    "io.reactivex.",
    "reactor.",
    "okhttp3.",
    "net.bytebuddy.",
];

/// The same for .NET.
const NAMESPACES: [&str; 4] = ["System.", "Microsoft.", "Newtonsoft.", "Xunit."];

/// The same for Rust, where no path is told.
const CRATES: [&str; 5] = ["std::", "core::", "alloc::", "rust_begin_unwind", "__rust_"];

/// The library of a path, which words may surround.
pub(super) fn of_path(text: &str) -> Option<&str> {
    let packages = PACKAGES.iter().filter_map(|(directory, depth)| {
        let at = directory_end(text, directory)?;
        Some((at, name(&text[at..], *depth)))
    });
    let package = packages.max_by_key(|(at, _)| *at).map(|(_, name)| name);
    package
        .or_else(|| of_cargo(text))
        .or_else(|| TOOLCHAINS.iter().find(|(place, _)| text.contains(place)).map(|(_, name)| *name))
        .or_else(|| text.starts_with("node:").then_some("node"))
        .or_else(|| (text.contains("\\Python") && text.contains("\\Lib\\")).then_some("python"))
        .or_else(|| of_object(text))
}

/// The library of a class, by its name and what follows that, which may be the archive that it is from.
pub(super) fn of_class<'text>(method: &'text str, rest: &str) -> Option<&'text str> {
    let class = method.rsplit('/').next().unwrap_or(method);
    let is_archived = rest.contains(".jar") && !rest.contains("classes");
    if !is_archived && !CLASSES.iter().any(|known| class.starts_with(known)) {
        return None;
    }
    let first = class.split('.').next()?;
    // Below these, the second word is whose it is.
    let is_wide = matches!(first, "com" | "org" | "io" | "net" | "ch" | "software" | "de" | "dev");
    let length = if is_wide { class.match_indices('.').nth(1)?.0 } else { first.len() };
    class.get(..length)
}

/// The library of a method of .NET.
pub(super) fn of_namespace(method: &str) -> Option<&str> {
    NAMESPACES.iter().find(|known| method.starts_with(**known)).and_then(|known| known.strip_suffix('.'))
}

/// The library of a function of Rust.
pub(super) fn of_crate(function: &str) -> Option<&str> {
    let function = function.split_once(" - ").map_or(function, |(_, name)| name).trim_start_matches(['<', '&']);
    CRATES.iter().any(|known| function.starts_with(known)).then_some("std")
}

/// The library of a file of Go.
pub(super) fn of_go(path: &str) -> Option<&str> {
    if let Some((_, module)) = path.split_once("/pkg/mod/") {
        return module.split('@').next();
    }
    if let Some((_, module)) = path.rsplit_once("/vendor/") {
        return Some(name(module, 3));
    }
    let (root, package) = path.split_once("/src/")?;
    let toolchain = root.rsplit('/').next().unwrap_or(root);
    let is_toolchain = toolchain.starts_with("go") || matches!(toolchain, "x64" | "libexec");
    // Where the user's own code lay before there were modules.
    let is_workspace = toolchain == "go" && matches!(root.split('/').nth(1), Some("home" | "Users"));
    let is_of_host = package.split('/').next().is_some_and(|host| host.contains('.'));
    (is_toolchain && !is_workspace && !is_of_host).then_some("go")
}

/// `.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/tokio-1.43.0/src/...`.
fn of_cargo(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("/registry/src/")?;
    rest.split('/').nth(1)
}

/// `from /lib/x86_64-linux-gnu/libc.so.6`, `(/usr/lib/libm.so.6+0x2409)`.
fn of_object(text: &str) -> Option<&str> {
    let is_system =
        |word: &&str| ["/lib", "/usr/lib"].iter().any(|root| word.starts_with(root)) && word.contains(".so");
    let object = text.split([' ', '(', '+', ')']).rfind(is_system)?;
    object.rsplit('/').next()
}

/// Where the last directory of this name ends, its separator included.
fn directory_end(path: &str, directory: &str) -> Option<usize> {
    let bytes = path.as_bytes();
    let is_separator =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| matches!(byte, b'/' | b'\\'));
    let mut found = path.rmatch_indices(directory).map(|(at, _)| at);
    let at = found.find(|&at| is_separator(at.checked_sub(1)) && is_separator(Some(at + directory.len())))?;
    Some(at + directory.len() + 1)
}

/// So many directories of a path, one more where the first is a scope, without the ending of a file.
fn name(path: &str, depth: usize) -> &str {
    let path = path.split([':', '"', ' ', '(']).next().unwrap_or(path);
    let depth = depth + usize::from(path.starts_with('@'));
    let mut separators = path.match_indices(['/', '\\']).map(|(at, _)| at);
    let name = &path[..separators.nth(depth - 1).unwrap_or(path.len())];
    name.strip_suffix(".py").unwrap_or(name)
}
