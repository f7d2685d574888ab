//! The project's own source, parsed, so that a test can say which line breaks a habit.

use std::path::{Path, PathBuf};

use proc_macro2::Span;
use syn::visit::{self, Visit};
use syn::{Attribute, File, ItemMod, UseTree};

/// A file below `src/`.
pub struct Source {
    /// Its path below the project's root, such as `src/posts/http/create.rs`.
    pub path: String,
    pub file: File,
}

impl Source {
    /// Every file below `src/`, by path.
    pub fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut paths = Vec::new();
        gather(&root.join("src"), &mut paths);
        paths.sort();
        let read = |path: PathBuf| {
            let text = std::fs::read_to_string(&path).expect("a source file");
            let shown = path.strip_prefix(root).expect("below the root").display().to_string();
            let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{shown}: {error}"));
            Self { path: shown, file }
        };
        paths.into_iter().map(read).collect()
    }

    /// Its modules from the root of the crate, such as `["posts", "http", "create"]`.
    pub fn modules(&self) -> Vec<&str> {
        let below = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        below.split('/').filter(|part| !["mod", "lib", "main"].contains(part)).collect()
    }

    /// Every path that it names outside its own unit tests, from the root of the crate where it can be told:
    /// `crate`, `self` and `super` are resolved.
    pub fn names(&self) -> Vec<Name> {
        let mut names =
            Names { module: self.modules().iter().map(ToString::to_string).collect(), found: Vec::new() };
        names.visit_file(&self.file);
        names.found
    }

    /// `file:line`, as editors open it.
    pub fn at(&self, span: Span) -> String {
        format!("{}:{}", self.path, span.start().line)
    }
}

fn gather(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// A path that a file names.
pub struct Name {
    /// Its segments; own modules begin with `crate`.
    pub segments: Vec<String>,
    pub span: Span,
}

impl Name {
    pub fn starts_with(&self, path: &str) -> bool {
        let mut own = self.segments.iter();
        path.split("::").all(|segment| own.next().is_some_and(|own| own == segment))
    }
}

struct Names {
    module: Vec<String>,
    found: Vec<Name>,
}

impl Names {
    fn note(&mut self, segments: Vec<String>, span: Span) {
        let supers = segments.iter().take_while(|segment| *segment == "super").count();
        let resolved = match segments.first().map(String::as_str) {
            Some("self") => [vec!["crate".to_owned()], self.module.clone(), segments[1..].to_vec()].concat(),
            Some("super") => {
                let above = &self.module[..self.module.len().saturating_sub(supers)];
                [vec!["crate".to_owned()], above.to_vec(), segments[supers..].to_vec()].concat()
            }
            _ => segments,
        };
        self.found.push(Name { segments: resolved, span });
    }

    fn walk(&mut self, tree: &UseTree, mut before: Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.walk(&path.tree, before);
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.walk(tree, before.clone())),
            UseTree::Name(name) if name.ident == "self" => self.note(before, name.ident.span()),
            UseTree::Name(name) => {
                self.note([before, vec![name.ident.to_string()]].concat(), name.ident.span())
            }
            UseTree::Rename(name) => {
                self.note([before, vec![name.ident.to_string()]].concat(), name.ident.span())
            }
            UseTree::Glob(glob) => self.note(before, glob.star_token.spans[0]),
        }
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|ident| ident == "test")
    })
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if is_for_tests(&item.attrs) {
            return;
        }
        if item.content.is_some() {
            self.module.push(item.ident.to_string());
            visit::visit_item_mod(self, item);
            self.module.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.walk(&item.tree, Vec::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            let segments = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.note(segments, first.ident.span());
        }
        visit::visit_path(self, path);
    }
}

/// Fails with every line that breaks a habit, so that all can be mended at once.
#[track_caller]
pub fn nothing_breaks(habit: &str, broken: Vec<String>) {
    assert!(broken.is_empty(), "{habit}\n  {}\n", broken.join("\n  "));
}
