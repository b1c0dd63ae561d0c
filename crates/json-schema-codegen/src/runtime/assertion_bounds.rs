// Bounds of numbers in assertions.

/// The number in an assertion, such as the 5 of `minimum: 5`, with which numbers in JSON are compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bound {
    Whole(i128),
    Fraction(f64),
}

impl Bound {
    /// Compares `number` with this bound: `Less` if the number is less. `None` if the number is too large for an `f64`.
    fn compare(self, number: &Number) -> Option<::std::cmp::Ordering> {
        match (to_whole_number(number), self) {
            (Some(number), Self::Whole(bound)) => Some(number.cmp(&bound)),
            (_, Self::Whole(bound)) => number.as_f64()?.partial_cmp(&(bound as f64)),
            (_, Self::Fraction(bound)) => number.as_f64()?.partial_cmp(&bound),
        }
    }

    /// Checks whether `number` is a multiple of this bound, in decimal arithmetic: 0.3 is a multiple of 0.1. Returns
    /// true for a number or bound that is 0 or has too many digits for the check.
    fn divides(self, number: &Number) -> bool {
        let divisor = match self {
            Self::Whole(bound) => bound.to_string(),
            Self::Fraction(bound) => format!("{bound:e}"),
        };
        let number = match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (None, None, Some(float)) => format!("{float:e}"),
            _ => number.to_string(),
        };
        match (parse_decimal(&number), parse_decimal(&divisor)) {
            (Some((digits, exponent)), Some((divisor, other))) if digits != 0 && divisor != 0 => {
                let zeros = exponent.abs_diff(other);
                if exponent >= other {
                    (0..zeros).fold(digits % divisor, |rest, _| rest * 10 % divisor) == 0
                } else {
                    let divisor = 10_u128.checked_pow(zeros).and_then(|power| power.checked_mul(divisor));
                    divisor.is_some_and(|divisor| digits % divisor == 0)
                }
            }
            _ => true,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(bound) => write!(f, "{bound}"),
            Self::Fraction(bound) => write!(f, "{bound}"),
        }
    }
}

/// Parses a number in JSON notation. Returns (digits, exponent of 10) without the sign and without zeros at the end:
/// (12, -2) for `-1.20e-1`. `None` if the text is not a number, or its digits do not fit in a `u128`.
fn parse_decimal(text: &str) -> Option<(u128, i32)> {
    let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut exponent = exponent.parse::<i32>().ok()? - i32::try_from(fraction.len()).ok()?;
    let mut digits: u128 = format!("{}{fraction}", whole.trim_start_matches('-')).parse().ok()?;
    while digits != 0 && digits == digits / 10 * 10 {
        digits /= 10;
        exponent += 1;
    }
    Some((digits, exponent))
}
