//! The arguments that only a signed-in caller with the right role can give a handler.

use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{HOST, ORIGIN};
use actix_web::{FromRequest, HttpRequest, web};
use chrono::TimeDelta;

use super::token::{SESSION_COOKIE, Token, bearer};
use crate::accounts::Caller;
use crate::app::App;
use crate::error::{Code, Error, Result};
use crate::orgs::{Role, Scope};

/// Names the roles that a permission admits, for the OpenAPI document.
pub trait Permission {
    /// Codes of roles; `member` is every account, `site_lead` whoever leads the shift.
    const ROLES: &'static [&'static str];
}

/// A signed-in member; every account is one.
#[derive(Clone, Debug)]
pub struct Member(Arc<Caller>);

impl Deref for Member {
    type Target = Caller;
    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl Permission for Member {
    const ROLES: &'static [&'static str] = &["member"];
}

impl Member {
    /// The organisations where this member holds one of the roles.
    pub fn scope_of(&self, roles: &[Role]) -> Scope {
        Scope(
            self.roles
                .iter()
                .filter(|held| roles.contains(&held.role))
                .map(|held| held.organization_id)
                .collect(),
        )
    }

    /// Goes on when the sign-in is fresh enough for something delicate: at most 15 minutes old.
    ///
    /// # Errors
    /// `session.required`, with the reason.
    pub fn signed_in_lately(&self, app: &App) -> Result<()> {
        if app.clock.real().since(self.signed_in_at) <= TimeDelta::minutes(15) {
            Ok(())
        } else {
            Err(Code::SessionRequired.because("reason", "sign_in_again"))
        }
    }
}

type Reading<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

impl FromRequest for Member {
    type Error = Error;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let app = app_of(&request)?;
            let token = match (bearer(&request), request.cookie(SESSION_COOKIE)) {
                (Some(token), _) => token,
                (None, Some(cookie)) => {
                    if !matches!(*request.method(), Method::GET | Method::HEAD) {
                        check_origin(&request)?;
                    }
                    Token::shown(cookie.value())
                }
                (None, None) => return Err(Code::SessionRequired.reject()),
            };
            let caller =
                app.callers.find(app, &token).await?.ok_or_else(|| Code::SessionRequired.reject())?;
            Ok(Self(caller))
        })
    }
}

/// The application behind a request.
pub(crate) fn app_of(request: &HttpRequest) -> Result<&App> {
    request
        .app_data::<web::Data<App>>()
        .map(|app| &***app)
        .ok_or_else(|| Error::internal("the application is not attached"))
}

/// Goes on when a browser sent the request from a page of this site.
///
/// # Errors
/// `origin.refused`.
pub fn check_origin(request: &HttpRequest) -> Result<()> {
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let own = match (text(ORIGIN), text(HOST)) {
        (Some(origin), host) => {
            let authority = origin.split_once("://").map(|(_, authority)| authority);
            authority == host || app_of(request)?.config.public_url.text() == origin
        }
        (None, _) => false,
    };
    if own { Ok(()) } else { Err(Code::OriginRefused.reject()) }
}

/// What a kind of officer may do, by the roles that have it.
pub trait Power {
    /// The roles.
    const ROLES: &'static [Role];
    /// Their codes.
    const CODES: &'static [&'static str];
}

/// Publishes posts and answers for them, in its organisation and below.
#[derive(Clone, Copy, Debug)]
pub struct Publisher;

impl Power for Publisher {
    const ROLES: &'static [Role] =
        &[Role::CommunityOfficer, Role::StreetOfficer, Role::DistrictOfficer, Role::CityOfficer];
    const CODES: &'static [&'static str] =
        &["community_officer", "street_officer", "district_officer", "city_officer"];
}

/// Answers for a unit's own members.
#[derive(Clone, Copy, Debug)]
pub struct OfUnit;

impl Power for OfUnit {
    const ROLES: &'static [Role] = &[Role::UnitOfficer];
    const CODES: &'static [&'static str] = &["unit_officer"];
}

/// An officer with a power, and how far it reaches.
#[derive(Clone, Debug)]
pub struct OfficerOf<P> {
    /// The officer as a member.
    pub member: Member,
    /// Where the power holds.
    pub scope: Scope,
    power: PhantomData<P>,
}

impl<P: Power> Permission for OfficerOf<P> {
    const ROLES: &'static [&'static str] = P::CODES;
}

impl<P: Power> OfficerOf<P> {
    /// The power that a member holds, if any.
    pub fn of(member: Member) -> Option<Self> {
        let scope = member.scope_of(P::ROLES);
        (!scope.0.is_empty()).then_some(Self { member, scope, power: PhantomData })
    }
}

impl<P: Power + 'static> FromRequest for OfficerOf<P> {
    type Error = Error;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let member = Member::from_request(request, payload);
        Box::pin(async move { Self::of(member.await?).ok_or(Error::Forbidden) })
    }
}
