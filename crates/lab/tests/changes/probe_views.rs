//! Writes functions that use the public items of views: their methods, the method that returns a view, and the variants
//! of the enum of views.

use std::fmt::Write as _;

use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitStr, Token, Type};

/// The table of the macro `view!`: the name of the view, the types that convert into it, and (name, type) of each
/// method.
struct ViewTable {
    name: Ident,
    owners: Vec<Ident>,
    methods: Vec<(Ident, Type)>,
}

impl Parse for ViewTable {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Attribute::parse_outer(input)?;
        let mut table = Self { name: input.parse()?, owners: Vec::new(), methods: Vec::new() };
        skip_table_row(input)?;
        while !input.is_empty() {
            Attribute::parse_outer(input)?;
            if input.parse::<Option<LitStr>>()?.is_some() {
                input.parse::<Token![=>]>()?;
                table.methods.push(parse_typed_name(input)?);
            } else if input.parse::<Ident>()? == "of" {
                table.owners.push(input.parse()?);
            }
            skip_table_row(input)?;
        }
        Ok(table)
    }
}

/// The table of the macro `place!`: the type with the property, the enum of views, (name, type) of the method that
/// returns the view, the variant of all other values, and the variants of views.
struct PlaceTable {
    owner: Ident,
    name: Ident,
    method: (Ident, Type),
    other: Ident,
    variants: Vec<Ident>,
}

impl Parse for PlaceTable {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Attribute::parse_outer(input)?;
        let owner = input.parse()?;
        input.parse::<Token![,]>()?;
        let name = input.parse()?;
        skip_table_row(input)?;
        Attribute::parse_outer(input)?;
        let method = parse_typed_name(input)?;
        skip_table_row(input)?;
        Attribute::parse_outer(input)?;
        input.parse::<Token![else]>()?;
        input.parse::<Token![:]>()?;
        let other = input.parse()?;
        skip_table_row(input)?;
        let mut variants = Vec::new();
        while !input.is_empty() {
            Attribute::parse_outer(input)?;
            variants.push(input.parse()?);
            skip_table_row(input)?;
        }
        Ok(Self { owner, name, method, other, variants })
    }
}

/// Parses a name and a type, such as `title: Option<&'a str>`.
fn parse_typed_name(input: ParseStream<'_>) -> syn::Result<(Ident, Type)> {
    let name = input.parse()?;
    input.parse::<Token![:]>()?;
    Ok((name, input.parse()?))
}

/// Skips the rest of a row of a table, with the `;` at its end.
fn skip_table_row(input: ParseStream<'_>) -> syn::Result<()> {
    input.step(|cursor| {
        let mut rest = *cursor;
        while let Some((token, next)) = rest.token_tree() {
            if token.to_string() == ";" {
                return Ok(((), next));
            }
            rest = next;
        }
        Err(cursor.error("the row has no `;`"))
    })
}

/// Adds functions to `text` that call each method of a view, and convert the types that it is a view of. `number` makes
/// the names of the functions unique.
pub fn write_view_probe(text: &mut String, number: usize, table: &syn::Macro) {
    let ViewTable { name, owners, methods } = table.parse_body().unwrap();
    for (at, (method, ty)) in methods.iter().enumerate() {
        let ty = ty.to_token_stream();
        writeln!(text, "fn method_{number}_{at}<'a>(view: {name}<'a>) -> {ty} {{ view.{method}() }}").unwrap();
    }
    for (at, owner) in owners.iter().enumerate() {
        writeln!(text, "fn view_{number}_{at}(owner: &{owner}) -> {name}<'_> {{ owner.into() }}").unwrap();
    }
    writeln!(text, "fn parts_{number}(view: {name}<'_>) {{ let _: Option<Any<'_>> = view.get(\"\"); view.as_any(); }}")
        .unwrap();
}

/// Adds functions to `text`, the source of a program, that compile as long as `table`, the table of an enum of views,
/// defines the same method and variants. `number` makes their names distinct from those for other tables.
pub fn write_place_probe(text: &mut String, number: usize, table: &syn::Macro) {
    let PlaceTable { owner, name, method: (method, ty), other, variants } = table.parse_body().unwrap();
    let ty = ty.to_token_stream();
    writeln!(text, "fn place_{number}(owner: &{owner}) -> {ty} {{ owner.{method}() }}").unwrap();
    for (at, variant) in variants.iter().enumerate() {
        let body = format!("if let {name}::{variant}(view) = views {{ let _: {variant}<'_> = view; }}");
        writeln!(text, "fn variant_{number}_{at}(views: {name}<'_>) {{ {body} }}").unwrap();
    }
    let body = format!("if let {name}::{other}(value) = views {{ let _: Any<'_> = value; }} views.as_any();");
    writeln!(text, "fn other_{number}(views: {name}<'_>) {{ {body} }}").unwrap();
}
