// A single assertion, and how it is checked.

/// A condition that a keyword of a schema sets. It holds for all values of JSON types that the keyword is not about.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Assertion {
    /// There is no such value.
    Nothing,
    /// The value is of one of these JSON types, with spaces between them: `string null`.
    Types(::std::borrow::Cow<'static, str>),
    /// The value equals one in this JSON array.
    Values(::std::borrow::Cow<'static, str>),
    Minimum(Bound),
    Maximum(Bound),
    ExclusiveMinimum(Bound),
    ExclusiveMaximum(Bound),
    MultipleOf(Bound),
    /// Lengths of strings are in Unicode characters.
    MinLength(usize),
    MaxLength(usize),
    /// The string matches the pattern that is compiled to these steps.
    Matches(::std::borrow::Cow<'static, [Step]>),
    MinItems(usize),
    MaxItems(usize),
    UniqueItems,
    /// (list of assertions, minimum, maximum): so many items satisfy the list.
    Contains(usize, usize, Option<usize>),
    /// The item at the index satisfies the list.
    Item(usize, usize),
    /// The items from the index on satisfy the list.
    ItemsFrom(usize, usize),
    MinProperties(usize),
    MaxProperties(usize),
    Requires(::std::borrow::Cow<'static, str>),
    /// The property of this name satisfies the list, if it is present.
    Property(::std::borrow::Cow<'static, str>, usize),
    /// The properties whose names match satisfy the list.
    PropertiesMatching(::std::borrow::Cow<'static, [Step]>, usize),
    /// The properties that no `Property` or `PropertiesMatching` of the same list is about satisfy this list.
    OtherProperties(usize),
    /// The names of all properties satisfy the list.
    PropertyNames(usize),
    /// The object satisfies the list if it has a property of this name.
    IfPresent(::std::borrow::Cow<'static, str>, usize),
    Not(usize),
    /// At least one assertion of the list holds.
    AnyOf(usize),
    /// Exactly one assertion of the list holds.
    OneOf(usize),
    /// If the first list is satisfied, so is the second, else the third.
    If(usize, usize, usize),
    /// The value satisfies the list.
    Same(usize),
}

impl Assertion {
    /// Checks whether the assertion is about numbers: it holds for any other value.
    fn is_about_numbers(&self) -> bool {
        matches!(
            self,
            Self::Minimum(_)
                | Self::Maximum(_)
                | Self::ExclusiveMinimum(_)
                | Self::ExclusiveMaximum(_)
                | Self::MultipleOf(_)
        )
    }

    /// Checks whether the assertion is about arrays: it holds for any other value.
    fn is_about_arrays(&self) -> bool {
        matches!(
            self,
            Self::MinItems(_)
                | Self::MaxItems(_)
                | Self::UniqueItems
                | Self::Contains(..)
                | Self::Item(..)
                | Self::ItemsFrom(..)
        )
    }

    /// Checks whether the assertion is about objects: it holds for any other value.
    fn is_about_objects(&self) -> bool {
        matches!(
            self,
            Self::MinProperties(_)
                | Self::MaxProperties(_)
                | Self::Requires(_)
                | Self::Property(..)
                | Self::PropertiesMatching(..)
                | Self::OtherProperties(_)
                | Self::PropertyNames(_)
                | Self::IfPresent(..)
        )
    }

    /// Checks whether the assertion is about the property `name`.
    fn is_about_property(&self, name: &str) -> bool {
        match self {
            Self::Property(own, _) => own == name,
            Self::PropertiesMatching(steps, _) => Pattern(steps).matches(name),
            _ => false,
        }
    }

    /// Checks whether an assertion about numbers holds for `number`.
    fn allows_number(&self, number: &Number) -> bool {
        match self {
            Self::Minimum(bound) => bound.compare(number) != Some(::std::cmp::Ordering::Less),
            Self::Maximum(bound) => bound.compare(number) != Some(::std::cmp::Ordering::Greater),
            Self::ExclusiveMinimum(bound) => !matches!(bound.compare(number), Some(::std::cmp::Ordering::Less | ::std::cmp::Ordering::Equal)),
            Self::ExclusiveMaximum(bound) => {
                !matches!(bound.compare(number), Some(::std::cmp::Ordering::Greater | ::std::cmp::Ordering::Equal))
            }
            Self::MultipleOf(bound) => bound.divides(number),
            _ => true,
        }
    }

    /// Returns what the assertion demands, as an error says it after "expected".
    fn demand(&self) -> String {
        match self {
            Self::Nothing => "no value here".to_owned(),
            Self::Types(names) => format!("a value of the type {}", names.replace(' ', " or ")),
            Self::Values(values) => format!("one of {}", beginning(values)),
            Self::Minimum(bound) => format!("a number of at least {bound}"),
            Self::Maximum(bound) => format!("a number of at most {bound}"),
            Self::ExclusiveMinimum(bound) => format!("a number above {bound}"),
            Self::ExclusiveMaximum(bound) => format!("a number below {bound}"),
            Self::MultipleOf(bound) => format!("a multiple of {bound}"),
            Self::MinLength(least) => format!("a string of at least {least} characters"),
            Self::MaxLength(most) => format!("a string of at most {most} characters"),
            Self::Matches(_) => "a string that matches the pattern in the schema".to_owned(),
            Self::MinItems(least) => format!("at least {least} items"),
            Self::MaxItems(most) => format!("at most {most} items"),
            Self::UniqueItems => "items of which no two are equal".to_owned(),
            Self::Contains(..) => "as many items as `contains` in the schema demands".to_owned(),
            Self::Item(..) | Self::ItemsFrom(..) => "items that the schema allows".to_owned(),
            Self::MinProperties(least) => format!("at least {least} properties"),
            Self::MaxProperties(most) => format!("at most {most} properties"),
            Self::Requires(name) => format!("the property `{}`", beginning(name)),
            Self::Property(name, _) => format!("no property `{}` with such a value", beginning(name)),
            Self::PropertiesMatching(..) | Self::OtherProperties(_) => "properties that the schema allows".to_owned(),
            Self::PropertyNames(_) => "names of properties that the schema allows".to_owned(),
            Self::IfPresent(name, _) => format!("what the schema demands beside the property `{}`", beginning(name)),
            Self::Not(_) => "a value that `not` in the schema does not exclude".to_owned(),
            Self::AnyOf(_) => "a value that fits a member of `anyOf` in the schema".to_owned(),
            Self::OneOf(_) => "a value that fits exactly one member of `oneOf` in the schema".to_owned(),
            Self::If(..) => "what the schema demands under the condition `if`".to_owned(),
            Self::Same(_) => "a value that the schema allows".to_owned(),
        }
    }
}
