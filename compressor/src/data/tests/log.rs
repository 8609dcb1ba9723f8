#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::expect;
use proptest::prelude::*;

use super::*;

const SERVICE: &str = "\
2026-11-22T10:02:01.123Z INFO  [api-7] started, listening on 8080
2026-11-22T10:02:02.004Z INFO  [api-7] GET /api/v2/orders/17 200
2026-11-22T10:02:02.120Z INFO  [api-7] GET /api/v2/orders/18 200
2026-11-22T10:02:03.951Z INFO  [api-7] GET /api/v2/orders/19 200
2026-11-22T10:03:00.007Z INFO  [api-7] GET /api/v2/orders/20 200
2026-11-22T10:03:00.010Z ERROR [api-7] payment 4711 failed: upstream timed out after 30000 ms
java.net.SocketTimeoutException: Read timed out
\tat java.base/java.net.Socket.read(Socket.java:17)
\tat java.base/java.net.Socket.read(Socket.java:18)
\tat java.base/java.net.Socket.read(Socket.java:19)
2026-11-22T10:03:00.011Z ERROR [api-7] payment 4712 failed: upstream timed out after 30000 ms
2026-11-22T10:03:01.500Z WARN  [api-7] retry 1 of 5 for job 8: connection reset by peer
2026-11-22T10:03:02.500Z WARN  [api-7] retry 2 of 5 for job 8: connection reset by peer
2026-11-22T10:03:04.500Z WARN  [api-7] retry 3 of 5 for job 8: connection reset by peer
2026-11-22T10:03:08.500Z WARN  [api-7] retry 4 of 5 for job 8: connection reset by peer
2026-11-22T10:03:16.500Z WARN  [api-7] retry 5 of 5 for job 8: connection reset by peer
";

#[test]
fn errors_and_ends_stand_whole() {
    check(
        SERVICE,
        Level::Balanced,
        &expect![[r#"
        2026-11-22T10:02:01.123Z INFO [api-7] started, listening on 8080
        2026-11-22T10:02:02.004Z INFO [api-7] GET /api/v2/orders/17 200 (×4: 10:02:02.004 17, :02.120 18, :03.951 19, :03:00.007 20)
        2026-11-22T10:03:00.010Z ERROR [api-7] payment 4711 failed: upstream timed out after 30000 ms
        java.net.SocketTimeoutException: Read timed out
        	at java.base/java.net.Socket.read(Socket.java:17)
        	at java.base/java.net.Socket.read(Socket.java:18)
        	at java.base/java.net.Socket.read(Socket.java:19)
        2026-11-22T10:03:00.011Z ERROR [api-7] payment 4712 failed: upstream timed out after 30000 ms
        2026-11-22T10:03:01.500Z WARN [api-7] retry 1 of 5 for job 8: connection reset by peer (×4: 10:03:01.500 1, :02.500 2, :04.500 3, :08.500 4)
        2026-11-22T10:03:16.500Z WARN [api-7] retry 5 of 5 for job 8: connection reset by peer
    "#]],
    );
    check(
        SERVICE,
        Level::Tight,
        &expect![[r#"
            2026-11-22T10:02:01.123Z INFO [api-7] started, listening on 8080
            2026-11-22T10:02:02.004Z INFO [api-7] GET /api/v2/orders/17 200 (×4: 10:02:02.004 to 10:03:00.007, 17 to 20)
            2026-11-22T10:03:00.010Z ERROR [api-7] payment 4711 failed: upstream timed out after 30000 ms
            java.net.SocketTimeoutException: Read timed out
            	at java.base/java.net.Socket.read(Socket.java:17)
            	... 1 frame in java
            	at java.base/java.net.Socket.read(Socket.java:19)
            2026-11-22T10:03:00.011Z ERROR [api-7] payment 4712 failed: upstream timed out after 30000 ms
            2026-11-22T10:03:01.500Z WARN [api-7] retry 1 of 5 for job 8: connection reset by peer (×4: 10:03:01.500 to 10:03:08.500, 1 to 4)
            2026-11-22T10:03:16.500Z WARN [api-7] retry 5 of 5 for job 8: connection reset by peer
        "#]],
    );
}

#[test]
fn lines_of_a_web_server() {
    let text = "\
10.0.0.7 - - [22/Nov/2025:09:59:41 +0000] \"GET /health HTTP/1.1\" 200 2 \"-\" \"kube-probe/1.29\"
10.0.0.7 - - [22/Nov/2025:09:59:51 +0000] \"GET /health HTTP/1.1\" 200 2 \"-\" \"kube-probe/1.29\"
10.0.0.7 - - [22/Nov/2025:10:00:01 +0000] \"GET /health HTTP/1.1\" 200 2 \"-\" \"kube-probe/1.29\"
10.0.0.9 - - [22/Nov/2025:10:00:02 +0000] \"POST /login HTTP/1.1\" 401 97 \"-\" \"curl/8.5.0\"
10.0.0.7 - - [22/Nov/2025:10:00:11 +0000] \"GET /health HTTP/1.1\" 200 2 \"-\" \"kube-probe/1.29\"
10.0.0.7 - - [22/Nov/2025:10:00:21 +0000] \"GET /health HTTP/1.1\" 503 2 \"-\" \"kube-probe/1.29\"
10.0.0.7 - - [22/Nov/2025:10:00:31 +0000] \"GET /health HTTP/1.1\" 200 2 \"-\" \"kube-probe/1.29\"
10.0.0.9 - - [22/Nov/2025:10:00:32 +0000] \"GET /orders HTTP/1.1\" 200 5120 \"-\" \"curl/8.5.0\"
";
    check(
        text,
        Level::Balanced,
        &expect![[r#"
            10.0.0.7 - - [22/Nov/2025:09:59:41 +0000] "GET /health HTTP/1.1" 200 2 "-" "kube-probe/1.29" (×3: 09:59:41, :51, 10:00:01)
            10.0.0.9 - - [22/Nov/2025:10:00:02 +0000] "POST /login HTTP/1.1" 401 97 "-" "curl/8.5.0"
            10.0.0.7 - - [22/Nov/2025:10:00:11 +0000] "GET /health HTTP/1.1" 200 2 "-" "kube-probe/1.29" (×3: 10:00:11 200, :21 503, :31 200)
            10.0.0.9 - - [22/Nov/2025:10:00:32 +0000] "GET /orders HTTP/1.1" 200 5120 "-" "curl/8.5.0"
        "#]],
    );
    check(
        text,
        Level::Tight,
        &expect![[r#"
            10.0.0.7 - - [22/Nov/2025:09:59:41 +0000] "GET /health HTTP/1.1" 200 2 "-" "kube-probe/1.29" (×3: 09:59:41 to 10:00:01)
            10.0.0.9 - - [22/Nov/2025:10:00:02 +0000] "POST /login HTTP/1.1" 401 97 "-" "curl/8.5.0"
            10.0.0.7 - - [22/Nov/2025:10:00:11 +0000] "GET /health HTTP/1.1" 200 2 "-" "kube-probe/1.29" (×3: 10:00:11 200, :21 503, :31 200)
            10.0.0.9 - - [22/Nov/2025:10:00:32 +0000] "GET /orders HTTP/1.1" 200 5120 "-" "curl/8.5.0"
        "#]],
    );
}

#[test]
fn lines_of_a_kernel() {
    let text = "\
[    0.000000] BIOS-provided physical RAM map:
[    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
[    0.000000] BIOS-e820: [mem 0x000000000009fc00-0x00000000000fffff] reserved
[    0.000000] BIOS-e820: [mem 0x0000000000100000-0x00000000bfffffff] usable
[    0.104210] smpboot: CPU 0 Converting physical 0 to logical die 0
[    1.204210] pci 0000:00:01.0: [1af4:1042] type 00 class 0x018000
[    1.204211] pci 0000:00:02.0: [1af4:1041] type 00 class 0x020000
[    1.204212] pci 0000:00:03.0: [1af4:1053] type 00 class 0x078000
[    1.204912] random: crng init done
";
    check(
        text,
        Level::Balanced,
        &expect![[r#"
            [ 0.000000] BIOS-provided physical RAM map:
            [ 0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable (×3: 0x0000000000000000-0x000000000009fbff usable, 0x000000000009fc00-0x00000000000fffff reserved, 0x0000000000100000-0x00000000bfffffff usable)
            [ 0.104210] smpboot: CPU 0 Converting physical 0 to logical die 0
            [ 1.204210] pci 0000:00:01.0: [1af4:1042] type 00 class 0x018000 (×3: 1.204210 01.0 1042 0x018000, 1.204211 02.0 1041 0x020000, 1.204212 03.0 1053 0x078000)
            [ 1.204912] random: crng init done
        "#]],
    );
    check(
        text,
        Level::Tight,
        &expect![[r#"
            [ 0.000000] BIOS-provided physical RAM map:
            [ 0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable (×3: 0x0000000000000000-0x000000000009fbff usable, 0x000000000009fc00-0x00000000000fffff reserved, 0x0000000000100000-0x00000000bfffffff usable)
            [ 0.104210] smpboot: CPU 0 Converting physical 0 to logical die 0
            [ 1.204210] pci 0000:00:01.0: [1af4:1042] type 00 class 0x018000 (×3: 1.204210 01.0 1042 0x018000, 1.204211 02.0 1041 0x020000, 1.204212 03.0 1053 0x078000)
            [ 1.204912] random: crng init done
        "#]],
    );
}

/// Lines of a log, no two of which are equal.
fn logs() -> impl Strategy<Value = Vec<String>> {
    let templates = proptest::sample::select(vec![
        "INFO  served /orders/N in 12 ms",
        "INFO  served /orders/N in 12 ms",
        "INFO  served /orders/N in 12 ms",
        "DEBUG cache N of shard 7: hit",
        "WARN  retry N of job 8: connection reset",
        "ERROR payment N failed: timed out",
        "INFO  job N raised ValueError: no such order",
    ]);
    proptest::collection::vec((templates, 1..4_usize), 3..60).prop_map(|runs| {
        let lines = runs.into_iter().flat_map(|(template, times)| std::iter::repeat_n(template, times)).enumerate();
        lines
            .map(|(number, template)| {
                let time = format!("2026-11-22T{:02}:{:02}:{:02}Z ", number / 60 % 24, number % 60, number * 7 % 60);
                time + &template.replace('N', &number.to_string())
            })
            .collect()
    })
}

/// How many lines a line stands for.
fn stands_for(line: &str) -> usize {
    let number = |text: &str| text.split(|char: char| !char.is_ascii_digit()).next()?.parse::<usize>().ok();
    if let Some((_, marker)) = line.split_once(" (last ") {
        let (block, times) = marker.split_once(" lines ×").expect("a marker of a block");
        return 1 + number(block).expect("a number") * (number(times).expect("a number") - 1);
    }
    line.split_once(" (×").map_or(1, |(_, marker)| number(marker).expect("a number"))
}

proptest! {
    #[test]
    fn no_error_is_lost_and_counts_are_true(lines in logs(), level in proptest::sample::select(&Level::ALL[..])) {
        let text = lines.join("\n") + "\n";
        let segment = Segment { range: 0..text.len(), kind: Kind::Data(Format::Log) };
        let shorter = drafted(&text, &segment, level);
        let spaced = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let written: Vec<String> = shorter.lines().map(spaced).collect();
        let (first, last) = lines.split_first().zip(lines.last()).map(|((first, _), last)| (first, last)).expect("lines");
        prop_assert!(written.first().is_some_and(|line| line.starts_with(&spaced(first))), "{}", shorter);
        prop_assert_eq!(written.last(), Some(&spaced(last)));
        for error in lines.iter().filter(|line| line.contains("ERROR") || line.contains("ValueError")) {
            prop_assert!(written.contains(&spaced(error)), "{}\n{}", error, shorter);
        }
        let all: usize = written.iter().map(|line| stands_for(line)).sum();
        prop_assert_eq!(all, lines.len(), "{}", shorter);
    }
}
