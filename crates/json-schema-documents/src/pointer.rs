//! JSON pointers and the URI fragments that carry them in `$ref`.

use std::fmt::Write;

/// The pointer that a `$ref` such as `#/$defs/a%20b` means, if it stays in the document.
pub(crate) fn from_reference(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let pointer = percent_decoded(fragment)?;
    (pointer.is_empty() || pointer.starts_with('/')).then_some(pointer)
}

/// The fragment, `#` included, that stands for `pointer` in a `$ref`.
pub(crate) fn to_reference(pointer: &str) -> String {
    let mut reference = String::from("#");
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~$".contains(&byte) {
            reference.push(char::from(byte));
        } else {
            // Writing to a `String` never fails.
            let _ = write!(reference, "%{byte:02X}");
        }
    }
    reference
}

/// `pointer` one step further in, at a property name or an index.
pub(crate) fn child(pointer: &str, token: impl ToString) -> String {
    let token = token.to_string().replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{token}")
}

fn percent_decoded(fragment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first == b'%' {
            let (digits, tail) = rest.split_at_checked(2)?;
            let digits = std::str::from_utf8(digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = tail;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_survives_the_way_through_a_reference() {
        for token in ["plain", "a b", "é%", "~/", "\"", "$defs", ""] {
            let pointer = child("/$defs", token);
            assert_eq!(from_reference(&to_reference(&pointer)).as_deref(), Some(pointer.as_str()));
        }
    }

    #[test]
    fn a_reference_elsewhere_is_no_pointer() {
        for reference in ["other.json#/a", "#anchor", "#/%2", "#/%ff", ""] {
            assert_eq!(from_reference(reference), None, "{reference}");
        }
    }
}
