//! The expected types of each fixture, compiled, read documents as the verdicts say, and give back
//! what they read.
#![deny(missing_docs, warnings)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

mod fixture;

#[path = "documents/mapped.rs"]
#[allow(dead_code)]
pub mod mapped;
/// The module that each output has a part of.
#[path = "../src/runtime.rs"]
#[allow(missing_docs, unreachable_pub, clippy::all)]
pub mod runtime;
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
                    #[allow(unused_imports)]
                    use crate::runtime;

                    include!(concat!("fixtures/", stringify!($case), "/expected.rs"));
                }
            )*
        }

        mod reads {
            $(
                #[test]
                fn $case() {
                    crate::verdict::check::<crate::fixtures::$case::$root>(stringify!($case));
                }
            )*
        }

        const CASES: &[&str] = &[$(stringify!($case)),*];
    };
}

cases! {
    accepts_nothing: Order,
    all_of: Manager,
    all_of_types: Narrow,
    boolean_schemas: Flags,
    const_values: Header,
    dangling: Loose,
    defaults: Server,
    documentation: Manual,
    draft_2019: Modern,
    draft_2019_recursive: Tree,
    draft_4: Legacy,
    draft_4_ids: Library,
    draft_6: Middle,
    draft_6_anchor: Queue,
    draft_7: Classic,
    draft_7_if: Address,
    drafts_mixed: Invoice,
    dynamic_reference: Branch,
    dynamic_reference_of_documents: Apple,
    dynamic_reference_to_several: Strict,
    enum_described_beside: Parcel,
    enum_given_names: Delivery,
    enum_mixed: Mode,
    enum_names: Filter,
    enum_numbers: Level,
    enum_whole_numbers_past_f64: Serial,
    enum_open: Ticket,
    errors: Report,
    formats: Booking,
    formats_mapped: Appointment,
    integer_root: Count,
    integers: Counter,
    integers_unsigned: Ledger,
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
    openapi_3_0_all: Order,
    openapi_3_1: Event,
    patterns: Styles,
    patterns_only: Weights,
    recursive_alias: Nested,
    recursive_boxed: Tree,
    recursive_list: Comment,
    recursive_map: Directory,
    recursive_tuple: Cons,
    reference_siblings: Crate,
    references: Basket,
    references_files: Order,
    references_id_text: Event,
    required_unlisted: Loan,
    root_of_assertions: Signal,
    root_of_definitions: Level,
    tuples: Row,
    type_list: Field,
    typed_extra_nullable: Answers,
    types_mapped: Order,
    unenforced: Form,
    union_beside_properties: Event,
    union_best_member: Reading,
    union_closed_objects: Setting,
    union_const_or_null: Flag,
    union_deep: Tree,
    union_described_values: Signal,
    union_discriminator: Pet,
    union_discriminator_inheritance: Owner,
    union_discriminator_names: Payment,
    union_enums: Device,
    union_equal_members: Label,
    union_extra: Settings,
    union_lists: Axis,
    union_map_or_struct: Translation,
    union_map_values: Environment,
    union_names: Part,
    union_nullable: Article,
    union_nullable_forms: Sample,
    union_numbers: Amount,
    union_object_or_list: Batch,
    union_of_one_member: Settings,
    union_of_unions: Operand,
    union_one_of_in_any_of: Query,
    union_open_enum: Colour,
    union_recursive: Expression,
    union_recursive_json: Json,
    union_recursive_tagged: Rule,
    union_required_only: Search,
    union_required_sets: Lookup,
    union_scalars_and_objects: Setting,
    union_tag_and_scalars: Value,
    union_tag_boolean: Outcome,
    union_tag_by_several_values: Gate,
    union_tag_in_base: Job,
    union_tag_integer: Snapshot,
    union_tag_nested: Document,
    union_tag_of_some: Block,
    union_tag_optional: Target,
    union_tag_shared: Reply,
    union_tag_two_candidates: Message,
    union_tagged: Shape,
    union_tagged_by_enum: Change,
    union_tagged_by_reference: Zoo,
    union_two_in_all_of: Delivery,
    union_untagged: Contact,
    union_value_types: Feature,
    untyped_properties: Loose,
}

#[test]
fn every_fixture_is_a_case() {
    let folders: BTreeSet<String> = fixture::Fixture::all().iter().map(fixture::Fixture::name).collect();
    let cases: BTreeSet<String> = CASES.iter().map(|case| (*case).to_owned()).collect();
    assert_eq!(folders, cases, "a folder in tests/fixtures without a line in `cases!`");
}

/// The number of levels of the deep documents; serde_json reads no more than 127.
const LEVELS: usize = 120;

/// Reads a document of many levels, each a union of its own, and checks that no value of it is read
/// more often than once for each member and once more.
fn reads_deep(x: impl Fn(usize) -> serde_json::Value) -> fixtures::union_deep::Tree {
    let mut document = serde_json::json!({ "x": x(0), "leaf": "level 0" });
    for level in 1..LEVELS {
        document = serde_json::json!({ "x": x(level), "leaf": format!("level {level}"), "child": document });
    }
    mapped::READ.take();
    let read: fixtures::union_deep::Tree = serde_json::from_str(&document.to_string()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), document);
    let often = mapped::READ.take();
    assert_eq!(often.len(), LEVELS);
    let members = 4;
    assert!(often.values().all(|times| *times <= members + 1), "{often:?}");
    read
}

#[test]
fn only_the_last_member_reads_each_level() {
    reads_deep(|level| format!("name {level}").into());
}

#[test]
fn what_is_unlisted_decides_on_each_level() {
    let read = reads_deep(|level| ["a", "b", "c"][level % 3].into());
    assert_eq!(read.unlisted(), []);
}
