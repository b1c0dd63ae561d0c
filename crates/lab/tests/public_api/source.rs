//! Reads the modules of a crate, and finds its public items.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Item, ItemImpl, UseTree, Visibility};

/// The path of a module from the crate's root, such as `["changes", "report"]`; empty for the root.
type ModulePath = Vec<String>;

/// The sources of a crate. Items that only tests have are left out.
#[derive(Default)]
pub struct Source {
    modules: BTreeMap<ModulePath, Vec<Item>>,
}

/// A public item: the path of the module that users find it in, and the item.
pub type PublicItem<'a> = (String, &'a Item);

impl Source {
    /// Reads the crate whose root is the file `root`. `included` has the files that calls of `include!`
    /// take in, in whatever folder those look for files of these names; other calls are left out.
    pub fn read(root: &Path, included: &[PathBuf]) -> Self {
        let mut source = Self::default();
        source.add(&[], parse(root), root.parent().unwrap(), included);
        source
    }

    /// Adds the module at `path` and those inside it, whose files are in `folder`.
    fn add(&mut self, path: &[String], items: Vec<Item>, folder: &Path, included: &[PathBuf]) {
        let mut kept = Vec::new();
        for item in items {
            match item {
                Item::Mod(ref module) if !is_of_tests(&module.attrs) => {
                    let name = module.ident.to_string();
                    let child: ModulePath = path.iter().cloned().chain([name.clone()]).collect();
                    let file = [folder.join(format!("{name}.rs")), folder.join(&name).join("mod.rs")];
                    let items = match (&module.content, file.iter().find(|file| file.exists())) {
                        (Some((_, items)), _) => items.clone(),
                        (None, Some(file)) => parse(file),
                        (None, None) => panic!("no file of the module {name} in {}", folder.display()),
                    };
                    self.add(&child, items, &folder.join(name), included);
                    kept.push(item);
                }
                Item::Macro(ref call) if call.mac.path.is_ident("include") => {
                    let called = call.mac.tokens.to_string();
                    let name = |file: &&PathBuf| format!("/{}\"", file.file_name().unwrap().to_string_lossy());
                    let file = included.iter().find(|file| called.contains(&name(file)));
                    let items = file.map(|file| parse(file)).unwrap_or_default();
                    self.add(path, items, folder, included);
                }
                item if !is_of_tests(attributes(&item)) => kept.push(item),
                _ => {}
            }
        }
        self.modules.entry(path.to_vec()).or_default().extend(kept);
    }

    /// Returns the items that users of the crate can name, each once for each path that it has.
    pub fn public_items(&self) -> Vec<PublicItem<'_>> {
        let mut found = Vec::new();
        self.collect(&Vec::new(), "", &mut found);
        found
    }

    /// Adds the public items of a module to `found`, under `shown`, the path that users know the module by.
    fn collect<'a>(&'a self, module: &ModulePath, shown: &str, found: &mut Vec<PublicItem<'a>>) {
        for item in self.modules.get(module).into_iter().flatten() {
            let Some(Visibility::Public(_)) = visibility(item) else { continue };
            match item {
                Item::Mod(inner) => {
                    let child: ModulePath = module.iter().cloned().chain([inner.ident.to_string()]).collect();
                    self.collect(&child, &format!("{shown}::{}", inner.ident), found);
                }
                Item::Use(exported) => {
                    let mut paths = Vec::new();
                    flatten(&exported.tree, Vec::new(), &mut paths);
                    paths.iter().for_each(|path| self.follow(module, path, shown, found));
                }
                item => found.push((shown.to_owned(), item)),
            }
        }
    }

    /// Adds the items that a `pub use` of the module `from` exports. The last step of `path` is a name or `*`.
    fn follow<'a>(&'a self, from: &ModulePath, path: &[String], shown: &str, found: &mut Vec<PublicItem<'a>>) {
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
        self.collect(&module, shown, &mut all);
        let before = found.len();
        found.extend(
            all.into_iter()
                .filter(|(at, item)| at == shown && (name == "*" || ident(item).is_some_and(|ident| ident == name))),
        );
        assert!(found.len() > before, "`pub use {}` exports nothing that is found", path.join("::"));
    }

    /// Returns the impls of the crate for the type `name`.
    pub fn impls<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a ItemImpl> {
        let all = self.modules.values().flatten();
        all.filter_map(|item| if let Item::Impl(block) = item { Some(block) } else { None }).filter(move |block| {
            let syn::Type::Path(ty) = &*block.self_ty else { return false };
            ty.path.segments.last().is_some_and(|last| last.ident == name)
        })
    }

    /// Returns all macro calls and definitions at the level of items.
    pub fn macros(&self) -> impl Iterator<Item = &syn::ItemMacro> {
        let all = self.modules.values().flatten();
        all.filter_map(|item| if let Item::Macro(item) = item { Some(item) } else { None })
    }
}

/// Parses a Rust file.
fn parse(file: &Path) -> Vec<Item> {
    syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap().items
}

/// Lists the paths of a use tree; the last step of a glob is `*`. A name that is changed by `as` keeps its old one.
fn flatten(tree: &UseTree, mut before: Vec<String>, found: &mut Vec<Vec<String>>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, found);
        }
        UseTree::Group(group) => group.items.iter().for_each(|item| flatten(item, before.clone(), found)),
        UseTree::Name(name) => found.push(before.into_iter().chain([name.ident.to_string()]).collect()),
        UseTree::Rename(name) => found.push(before.into_iter().chain([name.ident.to_string()]).collect()),
        UseTree::Glob(_) => found.push(before.into_iter().chain(["*".to_owned()]).collect()),
    }
}

/// Checks whether an item is compiled only for tests or doctests.
fn is_of_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).any(|attribute| {
        attribute.meta.require_list().is_ok_and(|list| {
            let condition = list.tokens.to_string();
            condition.split(|c: char| !c.is_alphanumeric()).any(|word| ["test", "doctest"].contains(&word))
        })
    })
}

/// Returns the attributes of an item; none for a kind of item that no crate here has in public.
fn attributes(item: &Item) -> &[syn::Attribute] {
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

/// Returns the visibility of an item; `None` for one that has none, such as an impl.
fn visibility(item: &Item) -> Option<&Visibility> {
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

/// Returns the name of a public item that is not a module.
fn ident(item: &Item) -> Option<&syn::Ident> {
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
