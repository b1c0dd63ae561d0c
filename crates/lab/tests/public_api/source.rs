//! Reads the modules of a crate, and finds its public items.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Item, ItemImpl, UseTree, Visibility};

/// The path of a module, relative to the crate's root: `["changes", "report"]`; empty for the root.
type ModulePath = Vec<String>;

/// The items of a crate by their modules. Items that are compiled for tests only are left out.
#[derive(Default)]
pub struct CrateSource {
    modules: BTreeMap<ModulePath, Vec<Item>>,
}

/// A public item, as (path of the module under which users find it, item). The path of a module begins with `::`; that
/// of the root is empty.
pub type PublicItem<'a> = (String, &'a Item);

impl CrateSource {
    /// Reads the crate whose root is the file `root`. A call of `include!` takes in the file of `included` with the
    /// same file name; without one, the call is left out.
    pub fn read_crate(root: &Path, included: &[PathBuf]) -> Self {
        let mut source = Self::default();
        source.add_module(&[], parse_rust_file(root), root.parent().unwrap(), included);
        source
    }

    /// Adds the module with the path `path` and the items `items`, and all modules inside it, whose files are in
    /// `folder`.
    ///
    /// # Panics
    /// If a module has no file.
    fn add_module(&mut self, path: &[String], items: Vec<Item>, folder: &Path, included: &[PathBuf]) {
        let mut kept = Vec::new();
        for item in items {
            match item {
                Item::Mod(ref module) if !is_compiled_for_tests_only(&module.attrs) => {
                    let name = module.ident.to_string();
                    let child: ModulePath = path.iter().cloned().chain([name.clone()]).collect();
                    let file = [folder.join(format!("{name}.rs")), folder.join(&name).join("mod.rs")];
                    let items = match (&module.content, file.iter().find(|file| file.exists())) {
                        (Some((_, items)), _) => items.clone(),
                        (None, Some(file)) => parse_rust_file(file),
                        (None, None) => panic!("no file of the module {name} in {}", folder.display()),
                    };
                    self.add_module(&child, items, &folder.join(name), included);
                    kept.push(item);
                }
                Item::Macro(ref call) if call.mac.path.is_ident("include") => {
                    let called = call.mac.tokens.to_string();
                    let name = |file: &&PathBuf| format!("/{}\"", file.file_name().unwrap().to_string_lossy());
                    let file = included.iter().find(|file| called.contains(&name(file)));
                    let items = file.map(|file| parse_rust_file(file)).unwrap_or_default();
                    self.add_module(path, items, folder, included);
                }
                item if !is_compiled_for_tests_only(find_item_attributes(&item)) => kept.push(item),
                _ => {}
            }
        }
        self.modules.entry(path.to_vec()).or_default().extend(kept);
    }

    /// Returns the items that users of the crate can name, each once for each path that it has.
    pub fn list_public_items_with_paths(&self) -> Vec<PublicItem<'_>> {
        let mut found = Vec::new();
        self.collect_public_items(&Vec::new(), "", &mut found);
        found
    }

    /// Adds the public items of `module` to `found`. `shown` is the path under which users find the module.
    fn collect_public_items<'a>(&'a self, module: &ModulePath, shown: &str, found: &mut Vec<PublicItem<'a>>) {
        for item in self.modules.get(module).into_iter().flatten() {
            let Some(Visibility::Public(_)) = find_item_visibility(item) else { continue };
            match item {
                Item::Mod(inner) => {
                    let child: ModulePath = module.iter().cloned().chain([inner.ident.to_string()]).collect();
                    self.collect_public_items(&child, &format!("{shown}::{}", inner.ident), found);
                }
                Item::Use(exported) => {
                    let mut paths = Vec::new();
                    list_use_paths(&exported.tree, Vec::new(), &mut paths);
                    paths.iter().for_each(|path| self.add_reexported_items(module, path, shown, found));
                }
                item => found.push((shown.to_owned(), item)),
            }
        }
    }

    /// Adds the items that a `pub use` in the module `from` exports to `found`, under the path `shown`. The last step
    /// of `path`, which the `pub use` names, is a name or `*`.
    ///
    /// # Panics
    /// If nothing is found at `path`.
    fn add_reexported_items<'a>(
        &'a self,
        from: &ModulePath,
        path: &[String],
        shown: &str,
        found: &mut Vec<PublicItem<'a>>,
    ) {
        let (name, steps) = path.split_last().unwrap();
        let mut module = from.clone();
        for step in steps {
            match step.as_str() {
                "crate" => module.clear(),
                "self" => {}
                "super" => drop(module.pop()),
                step => module.push(step.to_owned()),
            }
        }
        let mut all = Vec::new();
        self.collect_public_items(&module, shown, &mut all);
        let before = found.len();
        found.extend(all.into_iter().filter(|(at, item)| {
            at == shown && (name == "*" || find_item_name(item).is_some_and(|ident| ident == name))
        }));
        assert!(found.len() > before, "`pub use {}` exports nothing that is found", path.join("::"));
    }

    /// Returns the impls in the crate for the type with the name `name`.
    pub fn find_impls<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a ItemImpl> {
        let all = self.modules.values().flatten();
        all.filter_map(|item| if let Item::Impl(block) = item { Some(block) } else { None }).filter(move |block| {
            let syn::Type::Path(ty) = &*block.self_ty else { return false };
            ty.path.segments.last().is_some_and(|last| last.ident == name)
        })
    }

    /// Returns all macro calls and macro definitions among the items of the crate.
    pub fn list_macros(&self) -> impl Iterator<Item = &syn::ItemMacro> {
        let all = self.modules.values().flatten();
        all.filter_map(|item| if let Item::Macro(item) = item { Some(item) } else { None })
    }
}

/// Returns the items of a Rust file.
fn parse_rust_file(file: &Path) -> Vec<Item> {
    syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap().items
}

/// Adds the paths of a use tree to `found`. The last step of a glob is `*`; a name that is changed by `as` keeps its
/// old form. `before` has the steps around the tree.
fn list_use_paths(tree: &UseTree, mut before: Vec<String>, found: &mut Vec<Vec<String>>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            list_use_paths(&path.tree, before, found);
        }
        UseTree::Group(group) => group.items.iter().for_each(|item| list_use_paths(item, before.clone(), found)),
        UseTree::Name(name) => found.push(before.into_iter().chain([name.ident.to_string()]).collect()),
        UseTree::Rename(name) => found.push(before.into_iter().chain([name.ident.to_string()]).collect()),
        UseTree::Glob(_) => found.push(before.into_iter().chain(["*".to_owned()]).collect()),
    }
}

/// Checks whether `attributes` have a `cfg` because of which an item is compiled for tests or doctests only.
fn is_compiled_for_tests_only(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).any(|attribute| {
        attribute.meta.require_list().is_ok_and(|list| {
            let condition = list.tokens.to_string();
            condition.split(|c: char| !c.is_alphanumeric()).any(|word| ["test", "doctest"].contains(&word))
        })
    })
}

/// Returns the attributes of an item; empty for the kinds of items that no crate here exports.
fn find_item_attributes(item: &Item) -> &[syn::Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Returns the visibility of an item; `None` for a kind of item that has none, such as an impl.
fn find_item_visibility(item: &Item) -> Option<&Visibility> {
    Some(match item {
        Item::Const(item) => &item.vis,
        Item::Enum(item) => &item.vis,
        Item::Fn(item) => &item.vis,
        Item::Mod(item) => &item.vis,
        Item::Static(item) => &item.vis,
        Item::Struct(item) => &item.vis,
        Item::Trait(item) => &item.vis,
        Item::Type(item) => &item.vis,
        Item::Union(item) => &item.vis,
        Item::Use(item) => &item.vis,
        _ => return None,
    })
}

/// Returns the name of a public item; `None` for a module and for an item without a name.
fn find_item_name(item: &Item) -> Option<&syn::Ident> {
    Some(match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    })
}
