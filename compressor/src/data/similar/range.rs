//! What the values of a place lie between, in words that a reader understands.

use std::collections::HashSet;

/// Different values up to which each is named.
const FEW: usize = 3;

/// `10:02:01 to 10:09:31`, `17 to 66`, `200 or 500`, `a1, f9 and 12 others`.
pub(super) fn of(values: &[&str], is_time: bool) -> String {
    let mut different: Vec<&str> = Vec::new();
    for value in values {
        if !different.contains(value) {
            different.push(value);
        }
        if different.len() > FEW {
            break;
        }
    }
    let [first, .., last] = values else { return values.concat() };
    if different.len() <= FEW && !is_time {
        return different.join(" or ");
    }
    let numbers: Option<Vec<(f64, &str, &str)>> = values.iter().map(|value| number(value)).collect();
    match numbers.filter(|numbers| !is_time && numbers.iter().all(|(_, unit, _)| *unit == numbers[0].1)) {
        Some(mut numbers) => {
            numbers.sort_by(|one, other| one.0.total_cmp(&other.0));
            let ends = (numbers.first().map_or("", |it| it.2), numbers.last().map_or("", |it| it.2));
            format!("{} to {}", ends.0, ends.1)
        }
        None if is_time => format!("{first} to {last}"),
        None => {
            let names: HashSet<&str> = values.iter().copied().collect();
            format!("{first}, {second} and {} others", names.len() - 2, second = different[1])
        }
    }
}

/// A number, its unit, and both as they stand.
fn number(value: &str) -> Option<(f64, &str, &str)> {
    let digits = value.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let (digits, unit) = value.split_at(digits);
    let is_unit = unit.len() <= 3 && unit.bytes().all(|byte| byte.is_ascii_alphabetic());
    digits.parse().ok().filter(|_| is_unit).map(|number| (number, unit, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_says_what_the_values_are() {
        for (values, is_time, expected) in [
            (&["17", "9", "120", "18"][..], false, "9 to 120"),
            (&["17ms", "9.5ms", "120ms", "18ms"], false, "9.5ms to 120ms"),
            (&["200", "500", "200"], false, "200 or 500"),
            (&["a1", "f9", "b3", "a1", "c4"], false, "a1, f9 and 2 others"),
            (&["1.2.3", "1.2.4", "1.2.5", "9"], false, "1.2.3, 1.2.4 and 2 others"),
            (&["10:02:01", "10:02:01"], true, "10:02:01 to 10:02:01"),
        ] {
            assert_eq!(of(values, is_time), expected);
        }
    }
}
