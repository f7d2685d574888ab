//! What every route shares: how it is read, answered, repeated safely and refused.

mod body;
mod finish;
pub mod idempotency;
pub mod page;
pub mod problem;
mod reply;
mod throttle;

pub use body::{Body, parse_value};
pub use finish::{Policy, RequestFacts, finish};
pub use idempotency::Once;
pub use reply::{IfMatch, Reply};
pub use throttle::throttle;

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT_LANGUAGE;

/// Whether the caller reads Chinese: unless English is asked for first.
pub fn reads_chinese(request: &HttpRequest) -> bool {
    let asked =
        request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    !asked.trim_start().to_ascii_lowercase().starts_with("en")
}
