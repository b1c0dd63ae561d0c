// Integer types other than `i64` and `u64`, which strict types have.

/// Implements access and `Candidate` for integer types.
macro_rules! narrow_integers {
    ($($integer:ty;)*) => {
        $(
            impl runtime::Access for $integer {
                fn shallow_value(&self) -> runtime::ShallowValue<'_> {
                    runtime::ShallowValue::Number(i64::from(*self).into())
                }
            }

            impl runtime::Candidate for $integer {
                fn fit(value: &::serde_json::Value, _: &mut runtime::Choices) -> Option<runtime::Fit> {
                    let number = value.as_number().and_then(runtime::to_whole_number)?;
                    Self::try_from(number).ok().map(|_| runtime::Fit::EXACT)
                }
            }
        )*
    };
}
pub(super) use narrow_integers;

/// An integer type without 0.
pub(super) trait NonZeroInteger: Sized {
    /// The name of the type with 0, such as `u16`.
    const WITHIN: &'static str;

    /// Converts a whole number to this type; `None` if it is 0, or out of the range of this type.
    fn from_whole(number: i128) -> Option<Self>;
}

/// A whole number that is not 0, which is read from `1.0` as well as from `1`.
pub(super) struct WholeNonZero<T>(T);

impl<'de, T: NonZeroInteger> Deserialize<'de> for WholeNonZero<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReadInMemory(|value| {
            let number = Whole::<i128>::deserialize(value)?.0;
            T::from_whole(number).map(Self).ok_or_else(|| {
                let expected = format!("a whole number above 0 within {}", T::WITHIN);
                let found = format!("integer `{number}`");
                Error::invalid_value(::serde::de::Unexpected::Other(&found), &expected.as_str())
            })
        }))
    }
}

impl<T> UnwrapWhole for WholeNonZero<T> {
    type Unwrapped = T;

    fn unwrap_whole(self) -> T {
        self.0
    }
}

/// Implements reading, access and `Candidate` for integer types without 0, each with the type that it is made from:
/// `::std::num::NonZeroU8 as u8`.
macro_rules! non_zero_integers {
    ($($integer:path as $number:ty;)*) => {
        $(
            impl runtime::NonZeroInteger for $integer {
                const WITHIN: &'static str = stringify!($number);

                fn from_whole(number: i128) -> Option<Self> {
                    <$number>::try_from(number).ok().and_then(Self::new)
                }
            }

            impl runtime::Access for $integer {
                fn shallow_value(&self) -> runtime::ShallowValue<'_> {
                    runtime::ShallowValue::Number(self.get().into())
                }
            }

            impl runtime::Candidate for $integer {
                fn fit(value: &::serde_json::Value, _: &mut runtime::Choices) -> Option<runtime::Fit> {
                    let number = value.as_number().and_then(runtime::to_whole_number)?;
                    <Self as runtime::NonZeroInteger>::from_whole(number).map(|_| runtime::Fit::EXACT)
                }
            }
        )*
    };
}
pub(super) use non_zero_integers;
