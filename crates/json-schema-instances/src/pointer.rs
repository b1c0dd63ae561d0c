//! JSON pointers, and the URI fragments in `$ref` that contain them.

use std::fmt::Write;

/// Returns the JSON pointer that a `$ref` contains: `#/$defs/a%20b` gives `/$defs/a b`, and `#` gives the empty
/// pointer. `None` for a reference to another document or to an anchor, or with a malformed percent-encoding.
pub(crate) fn pointer_from_reference(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let pointer = percent_decode(fragment)?;
    (pointer.is_empty() || pointer.starts_with('/')).then_some(pointer)
}

/// Returns the `$ref` for the JSON pointer `pointer`: `/$defs/a b` gives `#/$defs/a%20b`.
pub(crate) fn reference_from_pointer(pointer: &str) -> String {
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

/// Returns `pointer` followed by `token`, a property name or an index, which is escaped: `/a` and the name `b/c` give
/// `/a/b~1c`.
pub(crate) fn append_token(pointer: &str, token: impl ToString) -> String {
    let token = token.to_string().replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{token}")
}

/// Decodes the percent-encoding of a URI fragment: `a%20b` gives `a b`. `None` if a `%` lacks its two digits, or the
/// decoded bytes are not UTF-8.
fn percent_decode(fragment: &str) -> Option<String> {
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
    fn reference_gives_back_the_pointer_it_was_made_of() {
        for token in ["plain", "a b", "é%", "~/", "\"", "$defs", ""] {
            let pointer = append_token("/$defs", token);
            assert_eq!(pointer_from_reference(&reference_from_pointer(&pointer)).as_deref(), Some(pointer.as_str()));
        }
    }

    #[test]
    fn reference_that_is_not_a_pointer_gives_none() {
        for reference in ["other.json#/a", "#anchor", "#/%2", "#/%ff", ""] {
            assert_eq!(pointer_from_reference(reference), None, "{reference}");
        }
    }
}
