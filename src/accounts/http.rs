//! Routes of signing in and of one's own particulars.

use std::time::Duration;

use actix_web::http::header::ORIGIN;
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::store::{self, SessionView};
use super::{Standing, rules};
use crate::app::App;
use crate::auth::{self, Member, Permission, SESSION_COOKIE, Token};
use crate::clock::Timestamp;
use crate::crypto::{self, Sealed};
use crate::db::Lane;
use crate::ephemeral::Topic;
use crate::error::{Code, Error, Result};
use crate::http::{Body, IfMatch, Once, Reply, RequestFacts, page::Page};
use crate::orgs::{self, HeldRole};
use crate::units::{MemberId, OrganizationId, SessionId};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(public_sign_in)
        .service(sign_out)
        .service(who_am_i)
        .service(change_me)
        .service(my_sessions)
        .service(end_my_session);
}

/// Where a sealed phone number of a member stands.
pub const PHONE: &str = "members.phone";

/// Failed sign-ins are counted in windows of this length.
const WINDOW: Duration = Duration::from_secs(15 * 60);
const FAILURES_AN_ACCOUNT: u64 = 10;
const FAILURES_AN_ADDRESS: u64 = 100;

/// What one signs in with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignIn {
    /// The account, in any case.
    account: String,
    /// The password.
    password: String,
}

/// A sign-in that has begun.
#[derive(Debug, Serialize, ToSchema)]
struct SignedIn {
    /// When it ends unless it is used.
    expires_at: Timestamp,
    /// For clients that are no browsers: shown once, sent as `Authorization: Bearer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    /// Who signed in.
    me: Me,
}

/// An organisation by its name.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct Named {
    /// Its id.
    id: OrganizationId,
    /// Its name.
    name: String,
}

/// The signed-in member.
#[derive(Debug, Serialize, ToSchema)]
struct Me {
    /// Their id.
    id: MemberId,
    /// Their name.
    name: String,
    /// What they are to the double report; shown to themself only.
    standing: Standing,
    /// The unit they belong to.
    unit: Option<Named>,
    /// The community where they live.
    community: Option<Named>,
    /// The roles they hold now.
    roles: Vec<HeldRole>,
    /// Their phone number with its middle hidden.
    phone: Option<String>,
    /// Version for edits.
    version: i32,
}

/// Particulars that a member changes by themself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeMe {
    /// A mobile number of mainland China.
    phone: String,
}

/// Signs in by account and password. A browser gets a cookie, other clients a token.
#[utoipa::path(
    tag = "accounts",
    request_body = SignIn,
    responses((status = 201, body = SignedIn)),
    extensions(("x-daogang-roles" = json!(["public"])))
)]
#[post("/session")]
async fn public_sign_in(
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<SignIn>,
) -> Result<HttpResponse> {
    let from_browser = request.headers().contains_key(ORIGIN);
    if from_browser {
        auth::check_origin(&request)?;
    }
    let SignIn { account, password } = body.value;
    if account.chars().count() > 100 || password.len() > 1_000 {
        return Err(Code::WrongCredentials.reject());
    }
    let member = verified(&app, &request, &account, password).await?;
    let (token, now) = (Token::generate(), app.clock.real());
    let hash = token.hash();
    let (session, expires_at) = app
        .store
        .write(Lane::Member(member), move |db| {
            let holds_role = !orgs::roles_of(db, member)?.is_empty();
            let expires_at = rules::expires_at(holds_role, now, now);
            Ok((store::sign_in(db, member, hash, now, expires_at)?, expires_at))
        })
        .await?;
    let caller =
        app.callers.find(&app, &token).await?.ok_or_else(|| Error::internal("the new sign-in is gone"))?;
    tracing::info!(%session, "signed in");
    let me = describe(&app, &caller).await?;
    let secure = app.config.public_url.is_secure();
    let mut response = HttpResponse::Created();
    if from_browser {
        let seconds = expires_at.since(now).num_seconds();
        response.cookie(auth::cookie(SESSION_COOKIE, token.text(), seconds, secure));
        if let Some(device) = auth::new_device(&request, secure) {
            response.cookie(device);
        }
    }
    let token = (!from_browser).then(|| token.text().to_owned());
    Ok(response.json(SignedIn { expires_at, token, me }))
}

/// The member whose account and password these are; failures are counted by account and by address.
async fn verified(app: &App, request: &HttpRequest, account: &str, password: String) -> Result<MemberId> {
    let address = RequestFacts::of(request).address;
    // Counted under a hash, so that no account's name stands in Redis.
    let by_account = format!(
        "sign-in:{}",
        crypto::to_url_text(&crypto::sha256(&[account.to_lowercase().as_bytes()])[..16])
    );
    let by_address = format!("sign-in:{address}");
    let throttled = app.ephemeral.counted(&by_account).await >= FAILURES_AN_ACCOUNT
        || app.ephemeral.counted(&by_address).await >= FAILURES_AN_ADDRESS;
    if throttled {
        return Err(Code::RateLimited.because("retry_after_s", WINDOW.as_secs()));
    }
    let name = account.to_owned();
    let known = app.store.read(move |db| store::credentials(db, &name)).await?;
    let (member, hash) = known.unzip();
    if app.passwords.fits(password, hash).await?
        && let Some(member) = member
    {
        return Ok(member);
    }
    app.ephemeral.count(&by_account, WINDOW).await;
    app.ephemeral.count(&by_address, WINDOW).await;
    Err(Code::WrongCredentials.reject())
}

/// Ends this sign-in.
#[utoipa::path(
    tag = "accounts",
    responses((status = 204)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[delete("/session")]
async fn sign_out(app: web::Data<App>, by: Member) -> Result<HttpResponse> {
    end(&app, &by, by.session).await?;
    let secure = app.config.public_url.is_secure();
    Ok(HttpResponse::NoContent().cookie(auth::cookie(SESSION_COOKIE, "", 0, secure)).finish())
}

async fn end(app: &App, by: &Member, session: SessionId) -> Result<()> {
    let (owner, now) = (by.id, app.clock.real());
    let ended =
        app.store.write(Lane::Member(owner), move |db| store::end_session(db, owner, session, now)).await?;
    if !ended {
        return Err(Error::NotFound);
    }
    app.callers.forget(session);
    app.ephemeral.publish(Topic::Session(session).changed());
    Ok(())
}

/// Who is signed in.
#[utoipa::path(
    tag = "accounts",
    responses((status = 200, body = Me)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[get("/me")]
async fn who_am_i(app: web::Data<App>, by: Member) -> Result<Reply> {
    Reply::ok(&describe(&app, &by).await?)
}

/// Changes one's own phone number.
#[utoipa::path(
    tag = "accounts",
    request_body = ChangeMe,
    params(("If-Match" = String, Header, description = "the version that the edit is based on")),
    responses((status = 200, body = Me)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[patch("/me")]
async fn change_me(
    app: web::Data<App>,
    by: Member,
    once: Once,
    version: IfMatch,
    body: Body<ChangeMe>,
) -> Result<Reply> {
    if !rules::is_phone(&body.value.phone) {
        return Err(Error::field("phone", "mobile_number"));
    }
    let phone = body.value.phone.clone();
    let keys = app.keys.clone();
    let missing = || Error::internal("there is no key to seal with");
    let sealed = crypto::seal(&keys, PHONE, &phone).ok_or_else(missing)?;
    let index = crypto::phone_index(&keys, &phone).ok_or_else(missing)?;
    let member = by.id;
    let caller = by.clone();
    app.act(by.id, Lane::Member(by.id), once.with(&body), move |db| {
        let current = store::particulars(db, member)?.version;
        version.check(current)?;
        if !store::set_phone(db, member, &sealed, &index, current)? {
            return Err(Code::VersionMovedOn.reject());
        }
        Reply::ok(&view(db, &caller, &keys)?)
    })
    .await
}

async fn describe(app: &App, caller: &super::Caller) -> Result<Me> {
    let (caller, keys) = (caller.clone(), app.keys.clone());
    app.store.read(move |db| view(db, &caller, &keys)).await
}

fn view(db: &mut crate::db::Db, caller: &super::Caller, keys: &crypto::Keys) -> Result<Me> {
    let own = store::particulars(db, caller.id)?;
    let ids: Vec<_> = [caller.unit_id, caller.community_id].into_iter().flatten().collect();
    let names = store::organization_names(db, &ids)?;
    let named = |id: Option<OrganizationId>| {
        names
            .iter()
            .find(|(known, _)| Some(*known) == id)
            .map(|(id, name)| Named { id: *id, name: name.clone() })
    };
    let phone = own
        .phone_key_id
        .zip(own.phone_cipher)
        .and_then(|(key_id, bytes)| crypto::open(keys, PHONE, &Sealed { key_id, bytes }))
        .map(|phone| rules::masked(&phone));
    Ok(Me {
        id: caller.id,
        name: own.name,
        standing: own.standing,
        unit: named(caller.unit_id),
        community: named(caller.community_id),
        roles: caller.roles.clone(),
        phone,
        version: own.version,
    })
}

/// One's own sign-ins.
#[utoipa::path(
    tag = "accounts",
    responses((status = 200, body = Page<SessionView>)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[get("/me/sessions")]
async fn my_sessions(app: web::Data<App>, by: Member) -> Result<Reply> {
    let (member, now) = (by.id, app.clock.real());
    let items = app.store.read(move |db| store::sessions_of(db, member, now)).await?;
    Reply::ok(&Page { items, next: None })
}

/// Ends one of one's own sign-ins.
#[utoipa::path(
    tag = "accounts",
    params(("id" = i64, Path, description = "a session")),
    responses((status = 204)),
    extensions(("x-daogang-roles" = json!(Member::ROLES)))
)]
#[delete("/me/sessions/{id}")]
async fn end_my_session(app: web::Data<App>, by: Member, id: web::Path<SessionId>) -> Result<Reply> {
    end(&app, &by, *id).await?;
    Ok(Reply::done())
}
