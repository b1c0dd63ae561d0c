//! Strings for the keyword `format`: usual ones and unusual ones, all valid.

use rand::{Rng, RngCore};

/// A value of the keyword `format` for which strings can be made.
#[derive(Clone, Copy)]
pub(crate) enum StringFormat {
    DateTime,
    Date,
    Time,
    Uuid,
    Email,
    Ipv4,
    Ipv6,
    Uri,
}

impl StringFormat {
    /// Returns the format with the name `name`, such as `date-time`; `None` if no strings can be made for it.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "date-time" => Self::DateTime,
            "date" => Self::Date,
            "time" => Self::Time,
            "uuid" => Self::Uuid,
            "email" => Self::Email,
            "ipv4" => Self::Ipv4,
            "ipv6" => Self::Ipv6,
            "uri" => Self::Uri,
            _ => return None,
        })
    }

    /// Makes a string of this format.
    pub(crate) fn make_string(self, rng: &mut dyn RngCore) -> String {
        match self {
            Self::DateTime => format!("{}T{}", make_date(rng), make_time(rng)),
            Self::Date => make_date(rng),
            Self::Time => make_time(rng),
            Self::Uuid => make_uuid(rng),
            Self::Email => make_email(rng),
            Self::Ipv4 => make_ipv4(rng),
            Self::Ipv6 => make_ipv6(rng),
            Self::Uri => make_uri(rng),
        }
    }
}

/// Returns a random element of `options`. Panics if it is empty.
fn pick_random_text<'a>(rng: &mut dyn RngCore, options: &[&'a str]) -> &'a str {
    options[rng.random_range(0..options.len())]
}

/// Makes a date such as `2024-02-29`, from 1900 to 2099 or one of a few unusual ones.
fn make_date(rng: &mut dyn RngCore) -> String {
    let examples = ["1970-01-01", "2000-02-29", "1582-10-15", "9999-12-31"];
    if rng.random_ratio(1, 6) {
        return pick_random_text(rng, &examples).to_owned();
    }
    let (year, month) = (rng.random_range(1900..2100), rng.random_range(1..=12));
    let day = rng.random_range(1..=28);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Makes a time with an offset from UTC, such as `12:30:00.5+05:30`.
fn make_time(rng: &mut dyn RngCore) -> String {
    let (hour, minute) = (rng.random_range(0..24), rng.random_range(0..60));
    let second = rng.random_range(0..60);
    let fraction = pick_random_text(rng, &["", "", ".5", ".000", ".123456", ".123456789"]);
    let offset = pick_random_text(rng, &["Z", "Z", "+00:00", "-00:00", "+05:30", "-08:00"]);
    format!("{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
}

/// Makes a UUID, in a few cases the nil UUID or in upper case.
fn make_uuid(rng: &mut dyn RngCore) -> String {
    if rng.random_ratio(1, 8) {
        return "00000000-0000-0000-0000-000000000000".to_owned();
    }
    let digits = format!("{:032x}", rng.random::<u128>());
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &digits[range]);
    let uuid = parts.join("-");
    if rng.random_ratio(1, 8) { uuid.to_uppercase() } else { uuid }
}

/// Makes an e-mail address such as `x+tag@example.com`.
fn make_email(rng: &mut dyn RngCore) -> String {
    let user = pick_random_text(rng, &["a", "jo.doe", "x+tag", "o'neil", "under_score"]);
    let host = pick_random_text(rng, &["example.com", "mail.example.org", "a-b.example"]);
    format!("{user}@{host}")
}

/// Makes an IPv4 address such as `127.0.0.1`.
fn make_ipv4(rng: &mut dyn RngCore) -> String {
    let examples = ["0.0.0.0", "127.0.0.1", "255.255.255.255"];
    if rng.random_ratio(1, 4) {
        return pick_random_text(rng, &examples).to_owned();
    }
    rng.random::<[u8; 4]>().map(|part| part.to_string()).join(".")
}

/// Makes an IPv6 address such as `fe80::1`.
fn make_ipv6(rng: &mut dyn RngCore) -> String {
    let examples = ["::", "::1", "fe80::1", "::ffff:192.0.2.1", "2001:DB8::a"];
    if rng.random_ratio(1, 2) {
        return pick_random_text(rng, &examples).to_owned();
    }
    let parts = rng.random::<[u16; 8]>().map(|part| format!("{part:x}"));
    parts.join(":")
}

/// Makes an absolute URI such as `https://example.com/a%20b?q=1&r=`.
fn make_uri(rng: &mut dyn RngCore) -> String {
    let examples = ["urn:isbn:0451450523", "mailto:a@example.com", "file:///"];
    if rng.random_ratio(1, 4) {
        return pick_random_text(rng, &examples).to_owned();
    }
    let scheme = pick_random_text(rng, &["http", "https", "ftp"]);
    let host = pick_random_text(rng, &["example.com", "localhost:8080", "[::1]", "u@h.example"]);
    let path = pick_random_text(rng, &["", "/", "/a/b.c", "/a%20b", "/x;y=1"]);
    let tail = pick_random_text(rng, &["", "", "?q=1&r=", "#part", "?a#b"]);
    format!("{scheme}://{host}{path}{tail}")
}
