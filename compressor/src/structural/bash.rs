//! Bash: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::rendering::{bounds, safe};

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("bash", text));
}

#[test]
fn layout_and_comments_shrink_and_words_stay() {
    check(
        r#"#!/usr/bin/env bash
# Copies the backups of the last days to another machine, and
# removes those that are older than the limit.
#
# Usage: backup.sh [-n] HOST

set -euo pipefail

readonly LIMIT=14          # days
targets=( "/etc"
    "/var/lib/data"        # the database, too
    "/home" )

usage() {
    cat <<EOF
Usage: $(basename "$0")  [-n]  HOST

    -n    only say what would be done
EOF
}

# Copies one target.
copy() {
    local target="$1"
    if [[ -d $target   &&   -r $target ]]; then
        rsync --archive --delete \
            --exclude='*.tmp' \
            "$target" "$host:/backup$target" \
            2>&1 | tee -a "$log"
    else
        echo "no such  folder: $target" >&2
        return 1
    fi
}
"#,
        expect![[r#"
            parsed: 212 tokens
            all words: 192
            #!/usr/bin/env bash
            # Copies the backups of the last days to another machine, and removes those that are older than the limit.
            # Usage: backup.sh [-n] HOST
            set -euo pipefail

            readonly LIMIT=14 # days
            targets=( "/etc"
             "/var/lib/data" # the database, too
             "/home" )

            usage() {
             cat <<EOF
            Usage: $(basename "$0")  [-n]  HOST

                -n    only say what would be done
            EOF
            }
            # Copies one target.
            copy() {
             local target="$1"
             if [[ -d $target && -r $target ]]; then
              rsync --archive --delete --exclude='*.tmp' "$target" "$host:/backup$target" 2>&1 | tee -a "$log"
             else
              echo "no such  folder: $target" >&2
              return 1
             fi
            }

            ----
            no words: 147
            #!/usr/bin/env bash
            set -euo pipefail

            readonly LIMIT=14
            targets=( "/etc"
             "/var/lib/data"
             "/home" )

            usage() {
             cat <<EOF
            Usage: $(basename "$0")  [-n]  HOST

                -n    only say what would be done
            EOF
            }
            copy() {
             local target="$1"
             if [[ -d $target && -r $target ]]; then
              rsync --archive --delete --exclude='*.tmp' "$target" "$host:/backup$target" 2>&1 | tee -a "$log"
             else
              echo "no such  folder: $target" >&2
              return 1
             fi
            }

        "#]],
    );
}

#[test]
fn line_breaks_stay_and_lines_that_go_on_are_joined() {
    check(
        r#"while getopts "nh" option; do
    case "$option" in
        n) dry=1
            ;;
        h | \?)
            usage
            exit 0 ;;
    esac
done
shift $(( OPTIND - 1 ))

for target in "${targets[@]}"; do
    copy "$target" || {
        echo "failed: ${target#/}"    # goes on with the next
    }
done

find /backup -mtime +$LIMIT -print0 |
    xargs -0 rm --
"#,
        expect![[r#"
            parsed: 111 tokens
            all words: 105
            while getopts "nh" option; do
             case "$option" in
              n) dry=1
               ;;
              h | \?)
               usage
               exit 0 ;;
             esac
            done
            shift $(( OPTIND - 1 ))

            for target in "${targets[@]}"; do
             copy "$target" || {
              echo "failed: ${target#/}" # goes on with the next
             }
            done

            find /backup -mtime +$LIMIT -print0 |
             xargs -0 rm --

            ----
            no words: 98
            while getopts "nh" option; do
             case "$option" in
              n) dry=1
               ;;
              h | \?)
               usage
               exit 0 ;;
             esac
            done
            shift $(( OPTIND - 1 ))

            for target in "${targets[@]}"; do
             copy "$target" || {
              echo "failed: ${target#/}"
             }
            done

            find /backup -mtime +$LIMIT -print0 |
             xargs -0 rm --

        "#]],
    );
}

#[test]
fn what_tools_and_lawyers_read_stays() {
    check(
        r#"#!/bin/sh -e
### BEGIN INIT INFO
# Provides:          example
# Required-Start:    $network
# Short-Description: An example
### END INIT INFO
# SPDX-License-Identifier: MIT

# shellcheck disable=SC2086 # words are meant to be split
run $options
# shellcheck source=./lib.sh
. ./lib.sh   # brings the rest in
# TODO: quote it
run $other
"#,
        expect![[r#"
            parsed: 96 tokens
            all words: 95
            #!/bin/sh -e
            ### BEGIN INIT INFO
            # Provides:          example
            # Required-Start:    $network
            # Short-Description: An example
            ### END INIT INFO
            # SPDX-License-Identifier: MIT
            # shellcheck disable=SC2086 # words are meant to be split
            run $options
            # shellcheck source=./lib.sh
            . ./lib.sh # brings the rest in
            # TODO: quote it
            run $other

            ----
            no words: 90
            #!/bin/sh -e
            ### BEGIN INIT INFO
            # Provides:          example
            # Required-Start:    $network
            # Short-Description: An example
            ### END INIT INFO
            # SPDX-License-Identifier: MIT
            # shellcheck disable=SC2086 # words are meant to be split
            run $options
            # shellcheck source=./lib.sh
            . ./lib.sh
            # TODO: quote it
            run $other

        "#]],
    );
}

#[test]
fn blanks_and_line_breaks_that_part_words_stay() {
    check(
        r#"a=1 b= c
a= b
[ "$a"   =  b ]&&{ c; }
x=$(( 1+2 ))  y=$((3))  z=${a:-  b}
f()
{
    echo 'a   b'  "c   $d" \
	e
}
g   () ( h )
echo a\ \  b
echo a\
b
if a; then b; fi   # trailing
! a | b
((x++))
"#,
        expect![[r#"
            parsed: 106 tokens
            all words: 97
            a=1 b= c
            a= b
            [ "$a" = b ]&&{ c; }
            x=$(( 1+2 )) y=$((3)) z=${a:-  b}
            f()
            {
             echo 'a   b' "c   $d" e
            }
            g () ( h )
            echo a\ \  b
            echo a\
            b
            if a; then b; fi # trailing
            ! a | b
            ((x++))

            ----
            no words: 95
            a=1 b= c
            a= b
            [ "$a" = b ]&&{ c; }
            x=$(( 1+2 )) y=$((3)) z=${a:-  b}
            f()
            {
             echo 'a   b' "c   $d" e
            }
            g () ( h )
            echo a\ \  b
            echo a\
            b
            if a; then b; fi
            ! a | b
            ((x++))

        "#]],
    );
}

#[test]
fn heredocs_stay_byte_for_byte() {
    check(
        "if a; then\n    cat <<-'EOF' >out  # kept as it is\n\t\traw   $text\n\t\\end\n\tEOF\n    # The next one.\n    sql <<A && b\n  select  1;\n\n\n# no comment\nA\n\n\n\n    c\nfi\nx=$(cat <<B\n  b\nB\n)\n",
        expect![[r#"
            parsed: 75 tokens
            all words: 71
            if a; then
             cat <<-'EOF' >out  # kept as it is
            		raw   $text
            	\end
            	EOF
             # The next one.
             sql <<A && b
              select  1;


            # no comment
            A

             c
            fi
            x=$(cat <<B
              b
            B
            )

            ----
            no words: 66
            if a; then
             cat <<-'EOF' >out  # kept as it is
            		raw   $text
            	\end
            	EOF
             sql <<A && b
              select  1;


            # no comment
            A

             c
            fi
            x=$(cat <<B
              b
            B
            )

        "#]],
    );
}

#[test]
fn safe_changes_indentation_and_ends_of_lines_only() {
    expect![[r#"
        #!/bin/sh

        # A  comment
        if a; then
         b \
                    c
         cat <<E
          x   
        E
        fi
    "#]]
    .assert_eq(&safe(
        "bash",
        "#!/bin/sh\n\n\n\n# A  comment\nif a;  then   \n        b \\\n            c\n\tcat <<E\n  x   \nE\nfi\n",
    ));
}

#[test]
fn half_a_script_is_treated_by_line() {
    check(
        "        echo 'a\n   b'   \n    done\n\n\n\n    if x; then # why\n        y\\ \n",
        expect![[r#"
            does not parse: layout by line: 24 tokens
            all words: 19
             echo 'a
               b'
            done

            if x; then # why
             y\ 

            ----
            no words: 19
             echo 'a
               b'
            done

            if x; then # why
             y\ 

        "#]],
    );
}

#[test]
fn lines_that_end_with_a_return_are_handled() {
    check(
        "if a; then\r\n    b  # c\r\nfi\r\n",
        expect![[r#"
        parsed: 13 tokens
        all words: 11
        if a; then
         b # c
        fi

        ----
        no words: 9
        if a; then
         b
        fi

    "#]],
    );
}
