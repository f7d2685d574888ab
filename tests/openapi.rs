//! The OpenAPI document says what the routes do: all of them, with the roles that may use them.

use std::collections::{BTreeMap, BTreeSet};

use daogang::routes;
use quote::ToTokens;
use reqwest::Method;
use serde_json::Value;
use syn::{Attribute, FnArg, Item, ItemFn, ItemImpl, Type};

use crate::support::source::{Source, nothing_breaks};
use crate::support::{Answer, Setup, TestApp};

/// A handler as the source has it.
struct Handler {
    /// `file:line name`.
    at: String,
    name: String,
    /// `get /me`, as the macro says.
    route: String,
    /// What `x-daogang-roles` is written as, its identifiers and texts only: `Member ROLES`, `public`.
    roles: String,
    /// The permissions among its arguments, written alike.
    permissions: Vec<String>,
}

const METHODS: &[&str] = &["get", "post", "put", "patch", "delete"];

/// The names of the types that `Permission` is implemented for.
fn permissions(sources: &[Source]) -> BTreeSet<String> {
    let name = |item: &ItemImpl| {
        let (_, implemented, _) = item.trait_.as_ref()?;
        let Type::Path(path) = &*item.self_ty else { return None };
        let is_one = implemented.segments.last()?.ident == "Permission";
        is_one.then(|| path.path.segments.last().map(|segment| segment.ident.to_string()))?
    };
    let items = sources.iter().flat_map(|source| &source.file.items);
    items.filter_map(|item| if let Item::Impl(item) = item { name(item) } else { None }).collect()
}

/// The identifiers of some tokens, which are equal however the tokens are set.
fn words(tokens: &str) -> String {
    let words = tokens.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.filter(|word| *word != "as" && *word != "Permission").collect::<Vec<_>>().join(" ")
}

fn route(attribute: &Attribute) -> Option<String> {
    let method = attribute.path().get_ident()?.to_string();
    let path: syn::LitStr = METHODS.contains(&method.as_str()).then(|| attribute.parse_args().ok())??;
    Some(format!("{method} {}", path.value()))
}

/// What stands between `"x-daogang-roles" = json!(` and its `)`.
fn roles(function: &ItemFn) -> String {
    let described = function.attrs.iter().map(|attribute| attribute.to_token_stream().to_string());
    let text: String = described.filter(|text| text.contains("utoipa")).collect();
    let after = text.split("\"x-daogang-roles\"").nth(1).unwrap_or_default();
    let value = after.split_once("json !").map_or(String::new(), |(_, value)| value.trim().to_owned());
    let mut depth = 0;
    let end = value.char_indices().find(|(_, c)| {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        depth == 0
    });
    words(&value[..end.map_or(value.len(), |(end, _)| end)])
}

fn handlers(sources: &[Source]) -> Vec<Handler> {
    let known = permissions(sources);
    let mut found = Vec::new();
    for source in sources {
        for item in &source.file.items {
            let Item::Fn(function) = item else { continue };
            let Some(route) = function.attrs.iter().find_map(route) else { continue };
            let types = function.sig.inputs.iter().filter_map(|input| match input {
                FnArg::Typed(argument) => Some(&*argument.ty),
                FnArg::Receiver(_) => None,
            });
            let is_permission = |ty: &&Type| {
                matches!(ty, Type::Path(path)
                    if path.path.segments.last().is_some_and(|last| known.contains(&last.ident.to_string())))
            };
            let permissions = types.filter(is_permission).map(|ty| words(&ty.to_token_stream().to_string()));
            found.push(Handler {
                at: format!("{} {}", source.at(function.sig.ident.span()), function.sig.ident),
                name: function.sig.ident.to_string(),
                route,
                roles: roles(function),
                permissions: permissions.collect(),
            });
        }
    }
    found
}

/// Every operation of the document: `get /api/v1/me` and its description.
fn operations() -> BTreeMap<String, Value> {
    let document = serde_json::to_value(routes::document()).expect("a document");
    let mut operations = BTreeMap::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            operations.insert(format!("{method} {path}"), operation.clone());
        }
    }
    operations
}

fn is_public(operation: &Value) -> bool {
    operation["x-daogang-roles"] == serde_json::json!(["public"])
}

#[test]
fn every_handler_is_registered_and_in_the_document() {
    let documented = operations();
    let handlers = handlers(&Source::all());
    let mut expected = BTreeSet::new();
    let mut missing = Vec::new();
    for handler in &handlers {
        let (method, path) = handler.route.split_once(' ').expect("a route");
        let places = [format!("{method} /api/v1{path}"), format!("{method} {path}")];
        match places.into_iter().find(|place| documented.contains_key(place)) {
            Some(place) => drop(expected.insert(place)),
            None => missing.push(format!("{}: {}", handler.at, handler.route)),
        }
    }
    nothing_breaks("these handlers are in no `ServiceConfig`:", missing);
    let unknown = documented.keys().filter(|place| !expected.contains(*place)).cloned().collect();
    nothing_breaks("these operations of the document have no handler:", unknown);
}

/// Routes set up past `.service(…)` would be served and not described.
#[test]
fn every_route_is_set_up_by_its_macro() {
    use syn::visit::Visit;
    struct Calls(Vec<proc_macro2::Span>);
    impl<'ast> Visit<'ast> for Calls {
        fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
            if call.method == "route" {
                self.0.push(call.method.span());
            }
            syn::visit::visit_expr_method_call(self, call);
        }
    }
    let mut set = Vec::new();
    // The operators' own address serves three plain pages and no interface.
    for source in Source::all().iter().filter(|source| source.modules() != ["health", "http"]) {
        let mut calls = Calls(Vec::new());
        calls.visit_file(&source.file);
        set.extend(calls.0.into_iter().map(|span| source.at(span)));
    }
    nothing_breaks("use `#[get(\"…\")]` and its like, and `.service(…)`:", set);
}

#[test]
fn the_roles_of_a_route_are_those_of_its_permission() {
    let sources = Source::all();
    assert!(permissions(&sources).contains("Member"), "no permission was found");
    let mut wrong = Vec::new();
    for handler in handlers(&sources) {
        let allowed = match &handler.permissions[..] {
            [] => "public".to_owned(),
            [one] => format!("{one} ROLES"),
            several => {
                wrong.push(format!("{}: has {} permissions", handler.at, several.len()));
                continue;
            }
        };
        if handler.roles != allowed {
            wrong.push(format!(
                "{}: the document says `{}`, its argument `{allowed}`",
                handler.at, handler.roles
            ));
        }
        if handler.permissions.is_empty() != handler.name.starts_with("public_") {
            wrong.push(format!(
                "{}: a handler is named `public_…` when it asks for no permission, and only then",
                handler.at
            ));
        }
    }
    nothing_breaks("roles in the document come from the handler's argument:", wrong);
}

#[test]
fn every_operation_names_roles_that_exist() {
    const ROLES: &[&str] = &[
        "public",
        "member",
        "site_lead",
        "screen",
        "grid_worker",
        "building_head",
        "grid_secretary",
        "group_leader",
        "community_officer",
        "unit_officer",
        "street_officer",
        "district_officer",
        "city_officer",
        "auditor",
    ];
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    for (place, operation) in operations() {
        let roles = operation["x-daogang-roles"].as_array().cloned().unwrap_or_default();
        if roles.is_empty()
            || !roles.iter().all(|role| role.as_str().is_some_and(|role| ROLES.contains(&role)))
        {
            wrong.push(format!("{place}: {roles:?}"));
        }
        if !ids.insert(operation["operationId"].to_string()) {
            wrong.push(format!("{place}: another operation is called {} too", operation["operationId"]));
        }
        if operation["summary"].as_str().is_none_or(str::is_empty) {
            wrong.push(format!("{place}: has no summary"));
        }
    }
    nothing_breaks("these operations are not well described:", wrong);
}

/// Whether an operation of the document answers a method and a path; `/posts/rows` is also a `/posts/{id}`.
fn fits(operation: &str, method: &Method, path: &[&str]) -> bool {
    let (of, template) = operation.split_once(' ').expect("a route");
    let parts: Vec<&str> = template.split('/').collect();
    of.eq_ignore_ascii_case(method.as_str())
        && parts.len() == path.len()
        && parts.iter().zip(path).all(|(part, given)| part.starts_with('{') || part == given)
}

/// What the document describes is what actix serves: each operation is reached, and asks who is calling.
#[tokio::test(flavor = "multi_thread")]
async fn every_operation_is_served_and_asks_for_a_sign_in_unless_it_is_public() {
    let app = TestApp::start(Setup::sqlite()).await;
    let mut wrong = Vec::new();
    for (place, operation) in operations() {
        let (method, path) = place.split_once(' ').expect("a route");
        let path: Vec<&str> =
            path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect();
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
        let answer = Answer::to(app.nobody().request_outside(method.clone(), &path.join("/"))).await;
        let is_right = if is_public(&operation) {
            answer.status != 401 && answer.status < 500
        } else {
            answer.status == 401
        };
        if !is_right {
            wrong.push(format!("{place}: {}", answer.status));
        }
        // A method that the path doesn't have is not there: the document lists every one that it has.
        for other in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let listed = operations().keys().any(|listed| fits(listed, &other, &path));
            let answer = Answer::to(app.nobody().request_outside(other.clone(), &path.join("/"))).await;
            if !listed && answer.status != 404 {
                wrong.push(format!(
                    "{other} {}: served with {}, and not described",
                    path.join("/"),
                    answer.status
                ));
            }
        }
    }
    nothing_breaks("the document and the server differ:", wrong);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_served_as_it_is() {
    let app = TestApp::start(Setup::sqlite()).await;
    let answer = app.nobody().get("/openapi.json").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    assert_eq!(answer.body, serde_json::to_value(routes::document()).expect("a document"));
    assert!(answer.body["openapi"].as_str().expect("a version").starts_with("3.1"));
}

/// The name that a derived type has in the document.
fn schema_name(name: &syn::Ident, attributes: &[Attribute]) -> Option<String> {
    let mut is_described = false;
    let mut shown = name.to_string();
    for attribute in attributes {
        let text = attribute.to_token_stream().to_string();
        is_described |= attribute.path().is_ident("derive") && text.contains("ToSchema");
        if let Some((_, other)) = text.split_once("schema (as = ") {
            shown = words(other).split(' ').next().unwrap_or_default().to_owned();
        }
    }
    is_described.then_some(shown)
}

/// The names in the document of every type in a source, with where they stand.
fn schema_names(source: &Source) -> Vec<(String, String)> {
    use syn::visit::Visit;
    struct Names(Vec<(String, proc_macro2::Span)>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
            self.0.extend(schema_name(&item.ident, &item.attrs).map(|name| (name, item.ident.span())));
        }
        fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
            self.0.extend(schema_name(&item.ident, &item.attrs).map(|name| (name, item.ident.span())));
        }
        fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
            let tokens: Vec<_> = item.mac.tokens.clone().into_iter().collect();
            let is = |name: &str| item.mac.path.segments.last().is_some_and(|last| last.ident == name);
            for pair in tokens.windows(2) {
                let [first, second] = pair else { continue };
                let name = match (first.to_string().as_str(), second.to_string().as_str()) {
                    ("enum", _) if is("text_enum") => second,
                    (_, ";") if is("ids") => first,
                    _ => continue,
                };
                self.0.push((name.to_string(), name.span()));
            }
        }
    }
    let mut names = Names(Vec::new());
    names.visit_file(&source.file);
    names.0.into_iter().map(|(name, span)| (name, source.at(span))).collect()
}

/// One of two types with the same name would silently stand for both, in the document and in every client made of it.
#[test]
fn no_two_types_share_a_name_in_the_document() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, at) in Source::all().iter().flat_map(schema_names) {
        places.entry(name).or_default().push(at);
    }
    for known in ["Problem", "ClaimState", "ClaimId", "Minutes"] {
        assert!(places.contains_key(known), "{known} was not found");
    }
    let twice = places.into_iter().filter(|(_, at)| at.len() > 1);
    let twice = twice.map(|(name, at)| format!("{name}: {}", at.join(", "))).collect();
    nothing_breaks("these names stand for several types; rename one:", twice);
}

/// Visits every value inside a value.
fn each<'a>(value: &'a Value, see: &mut impl FnMut(&'a Value)) {
    see(value);
    match value {
        Value::Object(fields) => fields.values().for_each(|field| each(field, see)),
        Value::Array(items) => items.iter().for_each(|item| each(item, see)),
        _ => {}
    }
}

#[test]
fn every_schema_is_there_and_says_what_it_holds() {
    let document = serde_json::to_value(routes::document()).expect("a document");
    let mut wrong = Vec::new();
    each(&document, &mut |value| {
        let named = value["$ref"].as_str().and_then(|text| text.strip_prefix('#'));
        if named.is_some_and(|path| document.pointer(path).is_none()) {
            wrong.push(format!("{} is not there", value["$ref"]));
        }
        // Clients would take an object without a word on its fields for one that is always empty.
        let says =
            ["properties", "additionalProperties", "enum"].iter().any(|word| value.get(word).is_some());
        if value["type"] == "object" && !says {
            wrong.push(format!("an object without a word on its fields: {value}"));
        }
    });
    nothing_breaks("clients made of the document would be wrong:", wrong);
}

/// Clients are generated from the document: without its parameter a generated one can't fill the path in.
#[test]
fn every_part_of_a_path_that_varies_is_a_parameter() {
    let mut wrong = Vec::new();
    for (place, operation) in operations() {
        let varying = place.split(['{', '}']).skip(1).step_by(2);
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        for name in varying {
            if !parameters.iter().any(|given| given["in"] == "path" && given["name"] == name) {
                wrong.push(format!("{place}: {name}"));
            }
        }
    }
    nothing_breaks("not described as parameters of their paths:", wrong);
}

/// The web client is generated from it, so that a change shows here first. `INSTA_UPDATE=always` writes the new one.
#[test]
fn the_document_is_the_one_that_was_agreed() {
    let mut document = serde_json::to_value(routes::document()).expect("a document");
    document["info"]["version"] = "[version]".into();
    insta::assert_snapshot!(serde_json::to_string_pretty(&document).expect("text"));
}
