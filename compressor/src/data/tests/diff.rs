use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

const BY_GIT: &str = r#"diff --git a/a.py b/a.py
index 20bb8dc..04dca67 100644
--- a/a.py
+++ b/a.py
@@ -15,11 +15,11 @@ class Orders:
     def total(self):
         total = 0
         for order in self.orders:
-            total += order["price"]
+            total += order["price"] * order["count"]
         return total
 
     def find(self, number):
         for order in self.orders:
             if order["number"] == number:
                 return order
-        return None
+        raise KeyError(number)
diff --git a/b.bin b/b.bin
index b89e4d3077597657a44052832dd56af4050a32ea..553a99f955221f149c3a4ee0df0b19c117d744bf 100644
GIT binary patch
literal 512
zcmZQzWMXDvWn<^y<l^Sx<>MC+6cQE@6%&_`l#-T_m6KOcR8m$^Ra4i{)Y8_`)zddH
zG%_|ZH8Z!cw6eCbwX=6{baHlab#wRd^z!!c_45x13<?ej4GWKmjEatljf+o6OiE5k
zO-s+n%*xKm&C4$+EGjN3Ei136tg5c5t*dWnY-(<4ZENr7?CS36?dzW~anj@|Q>RUz
zF>}`JIdkXDU$Ah|;w4L$Enl&6)#^2C*R9{Mant54TeofBv2)k%J$v`<KXCBS;Uh<n
z9Y1mM)af&4&z-+;@zUihSFc^aar4&gJ9qEhfAH|p<0ns_J%91?)$2EJ-@X6v@zduo
VU%!3-@$=X3KY#!IXBgrB2LR)2{{a91

literal 3
Kc$~{iWdH#H

diff --git a/n.txt b/n.txt
index 9ed40b4..4cb29ea 100644
--- a/n.txt
+++ b/n.txt
@@ -1,2 +1,3 @@
 one
-two
\ No newline at end of file
+two
+three
"#;

const WIDE: &str = r#"diff --git a/a.py b/a.py
index 20bb8dc..04dca67 100644
--- a/a.py
+++ b/a.py
@@ -6,20 +6,20 @@ class Orders:
 
     def __init__(self, path):
         self.path = path
         self.orders = []
 
     def load(self):
         with open(self.path) as file:
             self.orders = json.load(file)
 
     def total(self):
         total = 0
         for order in self.orders:
-            total += order["price"]
+            total += order["price"] * order["count"]
         return total
 
     def find(self, number):
         for order in self.orders:
             if order["number"] == number:
                 return order
-        return None
+        raise KeyError(number)
"#;

const MERGE: &str = r#"diff --cc a.py
index 04dca67,5b1e0aa..9f3c1d2
--- a/a.py
+++ b/a.py
@@@ -12,8 -12,8 +12,8 @@@ class Orders
          with open(self.path) as file:
              self.orders = json.load(file)
  
      def total(self):
          total = 0
          for order in self.orders:
-             total += int(order["price"])
 -            total += order["price"] * order["count"]
++            total += int(order["price"]) * order["count"]
          return total
"#;

const CONTEXT: &str = r#"*** ../conflict.py	2026-11-25 03:55:14.617868341 +0000
--- a.py	2026-11-25 03:55:14.623261560 +0000
***************
*** 15,25 ****
      def total(self):
          total = 0
          for order in self.orders:
- <<<<<<< HEAD
-             total += int(order["price"])
- =======
              total += order["price"] * order["count"]
- >>>>>>> other
          return total
  
      def find(self, number):
--- 15,21 ----
"#;

const NORMAL: &str = r#"18,20d17
< <<<<<<< HEAD
<             total += int(order["price"])
< =======
22d18
< >>>>>>> other
"#;

fn check_diff(text: &str, tight: &Expect, skeleton: &Expect) {
    for level in [Level::Safe, Level::Balanced] {
        assert_eq!(written(text, level), text, "a diff is exact");
    }
    let segment = segments(text, None);
    assert_eq!(segment.len(), 1, "{segment:?}");
    assert_eq!(segment[0].kind, Kind::Data(Format::Diff), "{segment:?}");
    check(text, Level::Tight, tight);
    check(text, Level::Skeleton, skeleton);
}

#[test]
fn context_is_counted_and_changes_stay() {
    check_diff(
        WIDE,
        &expect![[r#"
        diff --git a/a.py b/a.py
        index 20bb8dc..04dca67 100644
        --- a/a.py
        +++ b/a.py
        @@ -6,20 +6,20 @@ class Orders:
         ... 11 unchanged lines
                 for order in self.orders:
        -            total += order["price"]
        +            total += order["price"] * order["count"]
                 return total
         ... 4 unchanged lines
                         return order
        -        return None
        +        raise KeyError(number)
    "#]],
        &expect![[r#"
        diff --git a/a.py b/a.py
        index 20bb8dc..04dca67 100644
        --- a/a.py
        +++ b/a.py
        @@ -6,20 +6,20 @@ class Orders:
         ... 12 unchanged lines
        -            total += order["price"]
        +            total += order["price"] * order["count"]
         ... 6 unchanged lines
        -        return None
        +        raise KeyError(number)
    "#]],
    );
}

#[test]
fn a_patch_of_several_files() {
    check_diff(
        BY_GIT,
        &expect![[r#"
        diff --git a/a.py b/a.py
        index 20bb8dc..04dca67 100644
        --- a/a.py
        +++ b/a.py
        @@ -15,11 +15,11 @@ class Orders:
         ... 2 unchanged lines
                 for order in self.orders:
        -            total += order["price"]
        +            total += order["price"] * order["count"]
                 return total
         ... 4 unchanged lines
                         return order
        -        return None
        +        raise KeyError(number)
        diff --git a/b.bin b/b.bin
        index b89e4d3077597657a44052832dd56af4050a32ea..553a99f955221f149c3a4ee0df0b19c117d744bf 100644
        GIT binary patch
        literal 512
         ... 6 lines of data

        literal 3
         ... 1 line of data

        diff --git a/n.txt b/n.txt
        index 9ed40b4..4cb29ea 100644
        --- a/n.txt
        +++ b/n.txt
        @@ -1,2 +1,3 @@
         one
        -two
        \ No newline at end of file
        +two
        +three
    "#]],
        &expect![[r#"
        diff --git a/a.py b/a.py
        index 20bb8dc..04dca67 100644
        --- a/a.py
        +++ b/a.py
        @@ -15,11 +15,11 @@ class Orders:
         ... 3 unchanged lines
        -            total += order["price"]
        +            total += order["price"] * order["count"]
         ... 6 unchanged lines
        -        return None
        +        raise KeyError(number)
        diff --git a/b.bin b/b.bin
        index b89e4d3077597657a44052832dd56af4050a32ea..553a99f955221f149c3a4ee0df0b19c117d744bf 100644
        GIT binary patch
        literal 512
         ... 6 lines of data

        literal 3
         ... 1 line of data

        diff --git a/n.txt b/n.txt
        index 9ed40b4..4cb29ea 100644
        --- a/n.txt
        +++ b/n.txt
        @@ -1,2 +1,3 @@
         one
        -two
        \ No newline at end of file
        +two
        +three
    "#]],
    );
}

#[test]
fn a_merge_has_a_sign_for_each_parent() {
    check_diff(
        MERGE,
        &expect![[r#"
        diff --cc a.py
        index 04dca67,5b1e0aa..9f3c1d2
        --- a/a.py
        +++ b/a.py
        @@@ -12,8 -12,8 +12,8 @@@ class Orders
         ... 5 unchanged lines
                  for order in self.orders:
        -             total += int(order["price"])
         -            total += order["price"] * order["count"]
        ++            total += int(order["price"]) * order["count"]
                  return total
    "#]],
        &expect![[r#"
        diff --cc a.py
        index 04dca67,5b1e0aa..9f3c1d2
        --- a/a.py
        +++ b/a.py
        @@@ -12,8 -12,8 +12,8 @@@ class Orders
         ... 6 unchanged lines
        -             total += int(order["price"])
         -            total += order["price"] * order["count"]
        ++            total += int(order["price"]) * order["count"]
                  return total
    "#]],
    );
}

#[test]
fn other_diffs_stay_whole() {
    for text in [CONTEXT, NORMAL] {
        assert_eq!(segments(text, None).len(), 1, "{text}");
        for level in Level::ALL {
            assert_eq!(written(text, level), text);
        }
    }
}

/// The header and the lines of a hunk.
fn hunk(lines: &[(u8, String)]) -> String {
    let count = |signs: [u8; 2]| lines.iter().filter(|(sign, _)| signs.contains(sign)).count();
    let head = format!("@@ -1,{} +1,{} @@ f\n", count([0, 1]), count([0, 2]));
    let sign = |sign: u8| [' ', '-', '+'][usize::from(sign)];
    lines.iter().fold(head, |text, (kind, line)| format!("{text}{}{line}\n", sign(*kind)))
}

proptest! {
    #[test]
    fn counts_are_true(
        hunks in proptest::collection::vec(
            proptest::collection::vec((0..3_u8, "[a-z+ -]{0,40}"), 1..60), 1..4),
        sparse: bool,
        level in prop_oneof![Just(Level::Tight), Just(Level::Skeleton)],
    ) {
        let mut hunks = hunks;
        for (index, line) in hunks.iter_mut().flatten().enumerate() {
            line.0 = if sparse && index % 11 > 0 { 0 } else { line.0 };
        }
        let text: String = hunks.iter().map(|lines| hunk(lines)).collect();
        let segment = Segment { range: 0..text.len(), kind: Kind::Data(Format::Diff) };
        let shorter = drafted(&text, &segment, level);
        prop_assert_eq!(&drafted(&text, &segment, Level::Balanced), &text);
        // Every line that is no context stands there, in order.
        let changes = |text: &str| text.lines().filter(|line| !line.starts_with(' ')).map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(changes(&shorter), changes(&text));
        let told = |line: &str| line.strip_prefix(" ... ")?.split_once(" unchanged line")?.0.parse::<usize>().ok();
        let all: usize = shorter.lines().map(|line| told(line).unwrap_or(1)).sum();
        prop_assert_eq!(all, text.lines().count(), "{}", shorter);
    }
}
