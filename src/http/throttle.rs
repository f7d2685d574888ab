//! How often one address may ask for what needs no sign-in.

use std::time::Duration;

use actix_web::HttpRequest;

use super::RequestFacts;
use crate::app::App;
use crate::error::{Code, Result};

/// Carriers put thousands of phones behind one address, so that the limit is wide.
const MOST: u64 = 600;
const WINDOW: Duration = Duration::from_secs(60);

/// Goes on unless the caller's address has asked for public routes 600 times within the minute.
///
/// # Errors
/// `rate.limited`.
pub async fn throttle(app: &App, request: &HttpRequest) -> Result<()> {
    let address = RequestFacts::of(request).address;
    if app.ephemeral.count(&format!("public:{address}"), WINDOW).await > MOST {
        return Err(Code::RateLimited.because("retry_after_s", WINDOW.as_secs()));
    }
    Ok(())
}
