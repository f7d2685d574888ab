//! The document that tells other programs what every route takes and answers.

use serde_json::Value;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::response::Response;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Components, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use crate::auth::SESSION_COOKIE;
use crate::http::problem::Problem;

const ABOUT: &str = "Posts are published, members claim and stand them, and the minutes count. Times are RFC 3339 with \
                     offset, lists are paged by cursor, refusals are problem documents with a stable code. Signed-in \
                     POST, PUT, PATCH and DELETE take an Idempotency-Key of 8 to 64 visible characters.";

/// The document before any route is in it.
pub fn blank() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Daogang")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .build();
    OpenApiBuilder::new().info(info).components(Some(Components::new())).build()
}

/// Adds what all routes share: how one signs in, and how refusals look.
pub fn finish(mut document: OpenApi) -> OpenApi {
    let components = document.components.get_or_insert_with(Components::new);
    components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    let cookie = ApiKey::Cookie(ApiKeyValue::new(SESSION_COOKIE));
    components.add_security_scheme("cookie", SecurityScheme::ApiKey(cookie));
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
    for item in document.paths.paths.values_mut() {
        operations(item).for_each(finish_operation);
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    [get, put, post, delete, patch].into_iter().flatten()
}

fn finish_operation(operation: &mut Operation) {
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            response.description = "Done".to_owned();
        }
    }
    for (status, description) in
        [("4XX", "Refused, with a stable code"), ("5XX", "Failed; worth another try")]
    {
        let mut response = Response::new(description);
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
        response.content.insert("application/problem+json".to_owned(), content.into());
        operation.responses.responses.insert(status.to_owned(), response.into());
    }
    let none: [&str; 0] = [];
    operation.security = Some(if is_public(operation) {
        Vec::new()
    } else {
        vec![SecurityRequirement::new("bearer", none), SecurityRequirement::new("cookie", none)]
    });
}

fn is_public(operation: &Operation) -> bool {
    let roles = operation.extensions.as_ref().and_then(|extensions| extensions.get("x-daogang-roles"));
    roles.and_then(Value::as_array).is_some_and(|roles| roles.iter().any(|role| role == "public"))
}
