//! Who is in charge of a claim: whoever is in charge of its shift.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::store;
use crate::auth::{Member, Permission, app_of};
use crate::error::{Error, Result};
use crate::posts::SiteLead;
use crate::units::ClaimId;

/// A member in charge of the shift of the claim that the path names.
#[derive(Clone, Debug)]
pub struct ClaimLead(pub SiteLead);

impl Permission for ClaimLead {
    const ROLES: &'static [&'static str] = SiteLead::ROLES;
}

impl FromRequest for ClaimLead {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let member = Member::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let member = member.await?;
            let id = request.match_info().get("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
            let app = app_of(&request)?;
            let shift = app.store.read(move |db| Ok(store::claim(db, ClaimId(id))?.shift_id)).await?;
            SiteLead::over(app, member, shift).await.map(Self)
        })
    }
}
