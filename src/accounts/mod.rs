//! Accounts: signing in, staying signed in, and one's own particulars.

pub mod http;
pub mod rules;
mod sessions;
pub mod store;

pub use sessions::{Caller, Callers};

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;

use crate::text_column;

/// What a member is to the double report; never shown to other members.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    IntoStaticStr,
    EnumString,
    AsExpression,
    FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum Standing {
    /// An in-service party member (在职党员); only these double-report.
    InService,
    /// A retired party member (退休党员).
    Retired,
    /// A volunteer (群众志愿者).
    Volunteer,
}
text_column!(Standing);
