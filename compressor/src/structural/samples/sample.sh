#!/usr/bin/env bash
# Copyright (c) 2024 The Authors
# SPDX-License-Identifier: MIT

# Copies what changed since the last run, and
# says what was done.

set -euo pipefail
IFS=$'\n\t'

# shellcheck source=./lib.sh
. "$(dirname "$0")/lib.sh"   # brings log and fail

readonly LIMIT=14 NAME="a  b"
declare -A seen=( [one]=1   [two]="2  3"
    [three]=3 # the last
)
files=( *.txt  "b c"
  'd  e' )
: "${HOME:=/root}" ${1+"$@"}

usage() {
    cat <<EOF >&2
Usage: ${0##*/} [-n]  HOST

    -n   only say what  would be done   # not a comment
EOF
    exit "${1:-0}"
}

# Copies one file.
copy () {
    local from=$1 to   # where it goes
    to=$(printf '%s' "$from" |
        sed -e 's/a  b/c/' \
            -e "s/#.*//")
    if [[ -d $from   &&   $to =~ ^[a-z]+$ ]] || [ "$from"  =  b ]; then
        rsync --archive \
            --exclude='*.tmp' \
            "$from" "$host:$to" 2>&1 \
            | tee -a "$log" >/dev/null &
    elif ! test -e "$from"; then
        return 1
    else
        ( cd "$from" && ls -l ) | while read -r line; do
            echo "${line#* }"    # without the first word
        done
    fi
}

function main
{
    while getopts "nh" option; do
        case "$option" in
            n) dry=1
                ;;
            h | \?) # help
                usage 0 ;;
            *) usage 1
        esac
    done
    shift $(( OPTIND - 1 ))
    for file in "${files[@]}" \
        /etc/*; do
        [ -n "${seen[$file]:-}" ] && continue
        copy "$file" || {
            echo "failed:  $file" >&2; exit 1
        }
        seen[$file]=1
        (( count++, total += count * 2 ))
    done
    for (( i = 0; i < 3; i++ )); do echo $i; done
    x=`date +%s`  y=$(( x+1 ))
    diff <(sort a) <(sort  b) || true
    sed 's/^\t//' <<-'END' | sh
	raw   $text
	  \end
	END
    until false; do break; done
    echo a\ \ b\
c
    trap 'rm -f "$tmp"' EXIT
}

main "$@"   # everything begins here
