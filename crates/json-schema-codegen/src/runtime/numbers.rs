// Enums of numbers.

/// Implements the conversions from and to numbers for an enum that reads only the numbers which the schema lists, from
/// a table with a row for each of them; the first row names the enum and the type of the numbers:
///
/// ```text
/// runtime::numbers! {
///     Level, i64;
///     1 => N1;
///     -2 => Minus2;
/// }
/// ```
macro_rules! numbers {
    ($name:ident, $number:ident; $($value:literal => $variant:ident;)*) => {
        impl TryFrom<$number> for $name {
            type Error = runtime::ConversionError;

            fn try_from(number: $number) -> Result<Self, runtime::ConversionError> {
                runtime::convert_value(&number.into())
            }
        }

        #[allow(deprecated)]
        impl From<$name> for $number {
            fn from(value: $name) -> Self {
                match value {
                    $($name::$variant => $value,)*
                }
            }
        }
    };
}
pub(super) use numbers;
