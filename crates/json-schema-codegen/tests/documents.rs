//! The expected types of each fixture, compiled, read documents as the verdicts say, and give back
//! what they read.
#![deny(missing_docs, warnings)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

mod fixture;

#[path = "documents/mapped.rs"]
#[allow(dead_code)]
pub mod mapped;
#[path = "documents/verdict.rs"]
mod verdict;

use std::collections::BTreeSet;

/// The cases, each with the type that its documents are read as.
macro_rules! cases {
    ($($case:ident: $root:ident,)*) => {
        /// The folders. What nobody calls here is for the users of the types.
        #[allow(dead_code, clippy::all, clippy::too_many_lines)]
        pub mod fixtures {
            $(
                #[doc = stringify!($case)]
                pub mod $case {
                    /// The types.
                    pub mod expected;
                }
            )*
        }

        mod reads {
            $(
                #[test]
                fn $case() {
                    crate::verdict::check::<crate::fixtures::$case::expected::$root>(stringify!($case));
                }
            )*
        }

        const CASES: &[&str] = &[$(stringify!($case)),*];
    };
}

cases! {
    all_of: Manager,
    all_of_types: Narrow,
    boolean_schemas: Flags,
    const_values: Header,
    dangling: Loose,
    documentation: Manual,
    draft_2019: Modern,
    draft_4: Legacy,
    draft_6: Middle,
    draft_7: Classic,
    enum_any_of: Colour,
    enum_mixed: Mode,
    enum_names: Filter,
    enum_numbers: Level,
    enum_open: Ticket,
    errors: Report,
    formats: Booking,
    formats_mapped: Appointment,
    integer_root: Count,
    integers: Counter,
    keyword_like_properties: Meta,
    lists: Album,
    names_closed: Reserved,
    names_fields: Names,
    names_renamed: Shop,
    names_types: Names,
    non_exhaustive: Plan,
    nullable: Profile,
    nullable_reference: Letter,
    numbers: Measurement,
    object_closed: Point,
    object_closed_empty: Nothing,
    object_map: Dictionary,
    object_open: Person,
    object_typed_extra: Scores,
    object_with_extra: Parcel,
    openapi_3_0: User,
    patterns: Styles,
    patterns_only: Weights,
    recursive_alias: Nested,
    recursive_boxed: Tree,
    recursive_json: Json,
    recursive_list: Comment,
    recursive_map: Directory,
    recursive_tuple: Cons,
    recursive_union: Expression,
    reference_siblings: Crate,
    references: Basket,
    references_files: Order,
    references_id_text: Event,
    required_unlisted: Loan,
    tuples: Row,
    type_list: Field,
    typed_extra_nullable: Answers,
    typed_extra_union: Settings,
    types_mapped: Order,
    unenforced: Form,
    union_all_of_base: Event,
    union_discriminator: Pet,
    union_nullable: Article,
    union_required_only: Search,
    union_scalars_and_objects: Setting,
    union_tagged: Shape,
    union_tagged_by_enum: Change,
    union_tagged_by_reference: Zoo,
    union_untagged: Contact,
    untyped_properties: Loose,
}

#[test]
fn every_fixture_is_a_case() {
    let folders: BTreeSet<String> = fixture::Fixture::all().iter().map(fixture::Fixture::name).collect();
    let cases: BTreeSet<String> = CASES.iter().map(|case| (*case).to_owned()).collect();
    assert_eq!(folders, cases, "a folder in tests/fixtures without a line in `cases!`");
}
