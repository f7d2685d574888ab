//! Settings are the same wherever they are named: in the source, in both READMEs and in the files for deployment.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::source::nothing_breaks;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text_of(folder: &str) -> String {
    let files = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// The variables that the configuration looks up.
fn known() -> BTreeSet<String> {
    let text = text_of("src/config");
    let names = text.split("lookup(\"").skip(1).filter_map(|rest| rest.split('"').next());
    names.map(str::to_owned).collect()
}

/// Words of a text that are written as Daogang's own variables are.
fn named(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_uppercase() || c == '_'));
    words.filter(|word| word.starts_with("DAOGANG_")).map(str::to_owned).collect()
}

#[test]
fn every_setting_stands_in_both_readmes() {
    let known = known();
    assert!(known.contains("DATABASE_URL") && known.len() > 12, "{known:?}");
    let mut missing = Vec::new();
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(root().join(readme)).unwrap();
        missing.extend(
            known.iter().filter(|name| !text.contains(*name)).map(|name| format!("{readme}: {name}")),
        );
    }
    nothing_breaks("these settings are missing from a README's table:", missing);
}

#[test]
fn files_for_deployment_name_settings_that_exist() {
    let text = text_of("scripts/deploy") + &fs::read_to_string(root().join("docs/operations.md")).unwrap();
    let (named, known) = (named(&text), known());
    assert!(named.contains("DAOGANG_KEYS_FILE"));
    let unknown = named.difference(&known).cloned().collect();
    nothing_breaks("`scripts/deploy` or `docs/operations.md` names settings that nothing reads:", unknown);
}
