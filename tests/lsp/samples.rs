//! Texts that a person might want shortened, and some that cannot be.

use std::fmt::Write;

/// Wordy, with numbers, names and negations; some of it goes under any model.
pub const PROSE: &str = "On Tuesday the payment service, which had been running for quite some time without any trouble at \
all, answered 1,204 of the requests with HTTP status 504. It must not be restarted while the migration is still running, \
because that would leave `orders_v2` in a state that is only partly written, as Maria Lindqvist explained in her report. In \
order to see what is going on, it is very often a good idea to have a look at /var/log/payments.log first of all.\n";

/// Two definitions under a comment, with more layout than code needs.
pub const CODE: &str = "\"\"\"Orders of the shop.\"\"\"\n\n\n\
# This is the limit in seconds that the gateway really waits for an answer from the service, as far as we know.\n\
LIMIT = 30\n\n\n\n\
def refund(order, amount):\n    \
# First of all we have to look whether the order was paid at all, because otherwise there is nothing to give back.\n    \
if not order.paid:\n        \
raise ValueError(\"the order was never paid\")\n\n\n\n    \
# It is important to note that the amount may be smaller than what was paid, in which case it is a part of it.\n    \
return order.paid - amount   \n\n\n\n\
def cancel(order):\n    \
# In order to cancel an order it must not have been sent yet, which is something that the caller has to make sure.\n    \
order.state = \"cancelled\"   \n    \
return order\n";

/// Of three functions one uses another.
pub const SHOP: &str = "def used(text):\n    parts = text.split(\",\")\n    return [int(part) for part in parts]\n\n\n\
def login(name):\n    numbers = used(name)\n    return sum(numbers)\n\n\n\
def other(name):\n    for part in name.split(\";\"):\n        print(part, len(part))\n    return None\n";

/// Nothing of it can go.
pub const TERSE: &str = "id=7";

/// Prose of about so many bytes, each paragraph another.
pub fn long(bytes: usize) -> String {
    let mut text = String::new();
    let mut number = 0;
    while text.len() < bytes {
        number += 1;
        writeln!(text, "In paragraph {number} it is said that: {PROSE}").unwrap();
    }
    text
}
