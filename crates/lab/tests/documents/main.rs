//! Compiles the expected types of each fixture. Checks that they read the instances in its `documents.json` with the
//! results that are written there, and write back what they have read.
//!
//! Compiling them takes minutes: without the feature `slow`, only the fixtures under `always` are compiled.
#![deny(missing_docs, warnings)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

mod access;
/// Adds the limits of Rust's integer types to schemas.
#[path = "../generated/bounds.rs"]
mod bounds;
mod builders;
mod deep_unions;
mod defaults;
mod equality;
#[path = "../../../json-schema-codegen/tests/fixture/mod.rs"]
mod fixture;
/// Checks whether a schema lists everything in an instance.
#[path = "../generated/listed.rs"]
mod listed;
#[allow(dead_code)]
pub mod mapped;
mod numbers;
/// The whole runtime, of which each output contains a part as its own module `runtime`.
#[path = "../../../json-schema-codegen/src/runtime.rs"]
#[allow(missing_docs, unreachable_pub, clippy::all)]
pub mod runtime;
mod strict;
mod verdict;
mod views;

use std::collections::BTreeSet;

/// Includes the expected types of the fixture `$case` as a module.
macro_rules! include_types {
    ($case:ident) => {
        #[doc = stringify!($case)]
        pub mod $case {
            #[allow(unused_imports)]
            use crate::runtime;

            include!(concat!("../../../json-schema-codegen/tests/fixtures/", stringify!($case), "/expected.rs"));
        }
    };
}

/// Declares a test that reads the instances of the fixture `$case` as its type `$root`.
macro_rules! test_fixture {
    ($case:ident, $root:ident) => {
        #[test]
        fn $case() {
            type Root = crate::fixtures::$case::$root;
            crate::verdict::check_fixture_verdicts(stringify!($case), stringify!($root), |value: &Root| {
                value.unlisted()
            });
            crate::equality::check_equality_of_instances::<Root>(stringify!($case));
        }
    };
}

/// Declares the tests of fixtures, each as `folder: Type`: a folder in the generator's `tests/fixtures`, and the type
/// as which its instances are read. Makes a module of types and a test for each; for the fixtures under `slow` only
/// with the feature of this name.
macro_rules! fixture_tests {
    (always { $($case:ident: $root:ident,)* } slow { $($slow:ident: $slow_root:ident,)* }) => {
        /// The expected types of each fixture. Items that no test uses are for users of the types.
        #[allow(dead_code, clippy::all, clippy::too_many_lines)]
        pub mod fixtures {
            $(include_types!($case);)*
            $(
                #[cfg(feature = "slow")]
                include_types!($slow);
            )*
        }

        mod reads {
            #[allow(unused_imports, reason = "a type that is no alias has a method of that name itself")]
            use crate::verdict::WithoutUnlisted;

            $(test_fixture!($case, $root);)*
            $(
                #[cfg(feature = "slow")]
                test_fixture!($slow, $slow_root);
            )*
        }

        const TESTED_FIXTURES: &[&str] = &[$(stringify!($case),)* $(stringify!($slow),)*];
    };
}

fixture_tests! {
    always {
        access: Parcel,
        access_lenient: Report,
        all_of: Manager,
        any_of_objects: Project,
        variants_closed: Figure,
        defaults: Server,
        default_accessors: Server,
        draft_4: Legacy,
        enum_numbers_closed: Reading,
        enum_open: Ticket,
        equality: Entry,
        formats_mapped: Appointment,
        mismatch_keep: Order,
        nullable: Profile,
        object_map: Dictionary,
        object_open: Person,
        object_typed_extra: Scores,
        patterns: Styles,
        recursive_boxed: Tree,
        references_files: Order,
        strict: Server,
        strict_unevaluated: Shipment,
        strict_unions: Reading,
        struct_builder: Loan,
        style_typify: Veggies,
        tuples: Row,
        union_deep: Tree,
        union_tagged: Shape,
        union_untagged: Contact,
        views: Scan,
    }
    slow {
        accepts_nothing: Order,
        all_of_types: Narrow,
        any_of_objects_inside: Catalog,
        any_of_objects_kept: Project,
        any_of_variants: Variants,
        boolean_schemas: Flags,
        collections_empty: Album,
        condition_properties: Address,
        condition_properties_closed: Order,
        const_values: Header,
        dangling: Loose,
        definitions_left_out: Order,
        definitions_that_nothing_refers_to: Shop,
        definitions_with_aliases: Size,
        derives: Lease,
        documentation: Manual,
        documentation_invisible: Blank,
        draft_2019: Modern,
        draft_2019_recursive: Tree,
        draft_4_ids: Library,
        draft_6: Middle,
        draft_6_anchor: Queue,
        draft_7: Classic,
        draft_7_if: Address,
        draft_of_settings: Legacy,
        drafts_mixed: Invoice,
        drafts_passed_on: Old,
        dynamic_reference: Branch,
        dynamic_reference_of_documents: Apple,
        dynamic_reference_to_several: Strict,
        enum_described_beside: Parcel,
        enum_given_names: Delivery,
        enum_mixed: Mode,
        enum_names: Filter,
        enum_numbers: Level,
        enum_whole_numbers_past_f64: Serial,
        enum_without_values: Nothing,
        errors: Report,
        fields_ignored: Parcel,
        fields_refused: Parcel,
        formats: Booking,
        integer_root: Count,
        integers: Counter,
        integers_unsigned: Ledger,
        keyword_like_properties: Meta,
        lists: Album,
        map_and_number_types: Stock,
        names_associated_types: SchemaResult,
        names_closed: Reserved,
        names_fields: Names,
        names_lookalike: U0410,
        names_renamed: Shop,
        names_symbols: Table,
        names_titles: Shop,
        names_titles_off: Shop,
        names_types: Names,
        non_exhaustive: Plan,
        nullable_reference: Letter,
        nulls_refused: Setting,
        numbers: Measurement,
        object_closed: Point,
        object_closed_empty: Nothing,
        object_with_extra: Parcel,
        openapi_3_0: User,
        openapi_3_0_all: Order,
        openapi_3_1: Event,
        patterns_only: Weights,
        patterns_without_classes: Anything,
        recursive_alias: Nested,
        recursive_list: Comment,
        recursive_map: Directory,
        recursive_tuple: Cons,
        reference_to_itself: Holder,
        reference_siblings: Crate,
        reference_that_adds_nothing: Shelf,
        reference_that_adds_something: Shelf,
        references: Basket,
        references_id_text: Event,
        replaced: Order,
        required_unlisted: Loan,
        root_nullable: Config,
        root_of_a_reference: Inner,
        root_beside_definitions: Base,
        root_of_assertions: Signal,
        root_of_definitions: Level,
        root_of_its_name: Config,
        type_list: Field,
        typed_extra_nullable: Answers,
        types_mapped: Order,
        unenforced: Form,
        union_beside_properties: Event,
        union_best_member: Reading,
        union_closed_objects: Setting,
        union_const_or_null: Flag,
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
        union_of_anything_and_null: Form,
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
        union_tagged_by_enum: Change,
        union_tagged_by_reference: Zoo,
        union_that_lists_again: Query,
        union_that_lists_more: Query,
        union_two_in_all_of: Delivery,
        union_value_types: Feature,
        untyped_properties: Loose,
    }
}

#[test]
fn every_fixture_is_tested() {
    let folders: BTreeSet<String> = fixture::Fixture::list_all_fixtures().iter().map(fixture::Fixture::name).collect();
    let tested: BTreeSet<String> = TESTED_FIXTURES.iter().map(|case| (*case).to_owned()).collect();
    assert_eq!(folders, tested, "a folder in tests/fixtures without a line in `fixture_tests!`");
}
