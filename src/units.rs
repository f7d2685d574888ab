//! Ids and quantities: whole numbers that can't be taken for one another.

use diesel_derive_newtype::DieselNewType;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DieselNewType, ToSchema)]
        pub struct $name(pub i64);
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
    )+};
}

ids! {
    /// Names an organisation.
    OrganizationId;
    /// Names a grid.
    GridId;
    /// Names a member; every account is one.
    MemberId;
    /// Names a held role.
    RoleId;
    /// Names a sign-in.
    SessionId;
    /// Names a paired screen.
    ScreenId;
    /// Names a post.
    PostId;
    /// Names posts that were made in one step.
    BatchId;
    /// Names a shift.
    ShiftId;
    /// Names a claim.
    ClaimId;
    /// Names one judged try to check in or out.
    AttemptId;
    /// Names a ledger entry.
    EntryId;
}

/// Whole minutes of service; negative in a reversal.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    DieselNewType,
    ToSchema,
)]
pub struct Minutes(pub i32);

/// Tenths of a point; negative in a reversal.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    DieselNewType,
    ToSchema,
)]
pub struct Tenths(pub i32);

/// An enum that is a word wherever it stands outside: in JSON, in a column, in the document.
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[derive(strum::IntoStaticStr, strum::EnumString, diesel::expression::AsExpression)]
        #[derive(diesel::deserialize::FromSqlRow)]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        #[diesel(sql_type = diesel::sql_types::Text)]
        pub enum $name { $($body)* }
        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                <str as diesel::serialize::ToSql<diesel::sql_types::Text, DB>>::to_sql((*self).into(), out)
            }
        }
        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                Ok(String::from_sql(bytes)?.parse()?)
            }
        }
    };
}
