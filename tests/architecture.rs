//! The lines that keep a change in one folder: what may name what.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::source::{Name, Source, nothing_breaks};

/// Features from the ground up; those of one line may name each other, lower ones never name upper ones.
const FEATURES: &[&[&str]] = &[
    &["accounts", "orgs", "notify"],
    &["posts"],
    &["claims"],
    &["ledger"],
    &["checkins"],
    &["queue", "wishes", "matching", "cobuild", "insight"],
];

fn height(feature: &str) -> Option<usize> {
    FEATURES.iter().position(|line| line.contains(&feature))
}

/// Whether a file is in this room of a module: `rules.rs`, or in a folder `rules/`.
fn is_in(source: &Source, room: &str) -> bool {
    source.modules().contains(&room)
}

/// The own module that a name begins with: `posts` of `crate::posts::Post`.
fn own_module(name: &Name) -> Option<&str> {
    (name.segments.first()? == "crate").then(|| name.segments.get(1).map(String::as_str))?
}

/// Every line where a source that `looks` names something that is `forbidden`, with what it names.
fn lines(looks: impl Fn(&Source) -> bool, forbidden: impl Fn(&Source, &Name) -> bool) -> Vec<String> {
    let mut broken = BTreeSet::new();
    for source in Source::all().iter().filter(|source| looks(source)) {
        for name in source.names().iter().filter(|name| forbidden(source, name)) {
            broken.insert(format!("{}: {}", source.at(name.span), name.segments.join("::")));
        }
    }
    broken.into_iter().collect()
}

#[test]
fn rules_know_no_database_no_network_no_file_and_no_clock() {
    const FORBIDDEN: &[&str] = &[
        "diesel",
        "diesel_migrations",
        "actix_web",
        "actix_web_lab",
        "utoipa_actix_web",
        "redis",
        "reqwest",
        "tokio",
        "moka",
        "rand",
        "tracing",
        "metrics",
        "std::fs",
        "std::net",
        "std::io",
        "std::env",
        "std::process",
        "std::thread",
        "std::time::Instant",
        "std::time::SystemTime",
        "chrono::Utc",
        "chrono::Local",
        "crate::clock::Clock",
        "crate::db",
        "crate::schema",
        "crate::app",
        "crate::config",
        "crate::ephemeral",
        "crate::http",
    ];
    let broken = lines(
        |source| is_in(source, "rules"),
        |source, name| {
            let feature = source.modules()[0].to_owned();
            let own = |room: &str| name.starts_with(&format!("crate::{feature}::{room}"));
            FORBIDDEN.iter().any(|path| name.starts_with(path)) || own("store") || own("http")
        },
    );
    nothing_breaks(
        "a rule takes values, time among them, and returns a verdict; these lines do more:",
        broken,
    );
}

#[test]
fn handlers_know_no_diesel() {
    let broken = lines(
        // What all handlers share keeps the idempotency keys itself.
        |source| source.modules().first() != Some(&"http") && is_in(source, "http"),
        |_, name| {
            ["diesel", "crate::schema", "crate::each_backend"].iter().any(|path| name.starts_with(path))
        },
    );
    nothing_breaks("queries stand in `store.rs`; these lines of handlers have them:", broken);
}

#[test]
fn lower_features_never_name_upper_ones() {
    let broken = lines(
        |source| source.modules().first().is_some_and(|module| height(module).is_some()),
        |source, name| {
            let named = own_module(name).and_then(height);
            named > height(source.modules()[0])
        },
    );
    let order: Vec<String> = FEATURES.iter().map(|line| line.join(", ")).collect();
    nothing_breaks(&format!("the order is {}; these lines look upwards:", order.join(" → ")), broken);
}

#[test]
fn a_feature_is_used_through_its_front_door() {
    let broken = lines(
        |_| true,
        |source, name| {
            let feature = own_module(name).filter(|module| height(module).is_some());
            feature.is_some_and(|feature| {
                source.modules().first() != Some(&feature)
                    && name.segments.get(2).is_some_and(|room| room == "store")
            })
        },
    );
    nothing_breaks("another feature's `store` is its own; ask its `mod.rs`:", broken);
}

#[test]
fn a_store_knows_no_http() {
    let broken = lines(
        |source| {
            source.modules().len() > 1 && height(source.modules()[0]).is_some() && is_in(source, "store")
        },
        |_, name| ["actix_web", "redis", "reqwest", "tokio"].iter().any(|path| name.starts_with(path)),
    );
    nothing_breaks("a store takes `&mut Db` and nothing that waits for others:", broken);
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |engine: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
        let mut names = BTreeSet::new();
        for entry in std::fs::read_dir(&folder).expect("migrations") {
            let path = entry.expect("a migration").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            for part in ["up.sql", "down.sql"] {
                assert!(path.join(part).exists(), "migrations/{engine}/{name}/{part} is missing");
            }
            names.insert(name);
        }
        names
    };
    let (sqlite, postgres) = (names("sqlite"), names("postgres"));
    let lonely = sqlite.symmetric_difference(&postgres).map(|name| format!("migrations/*/{name}")).collect();
    nothing_breaks("these migrations exist for one engine only:", lonely);
    for (number, name) in sqlite.iter().enumerate() {
        assert!(
            name.starts_with(&format!("{:04}_", number + 1)),
            "{name} leaves a gap or a number is there twice"
        );
    }
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let silent = Source::all()
        .into_iter()
        .filter(|source| source.modules() != ["schema"])
        .filter(|source| !source.file.attrs.iter().any(|attribute| attribute.path().is_ident("doc")))
        .map(|source| source.path)
        .collect();
    nothing_breaks("these files open without `//!`:", silent);
}
