//! The tables as diesel sees them; the same on both databases.
#![allow(missing_docs, reason = "the macro writes public items without docs")]

// The ledger.

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    ledger_entries (id) {
        id -> BigInt,
        member_id -> BigInt,
        seq -> BigInt,
        claim_id -> BigInt,
        shift_id -> BigInt,
        day -> Date,
        kind -> Text,
        reverses_id -> Nullable<BigInt>,
        minutes -> Integer,
        tenths -> Integer,
        category -> Text,
        rate_tenths -> Integer,
        served_as -> Text,
        starts_at -> Instant,
        ends_at -> Instant,
        checked_in_at -> Instant,
        checked_out_at -> Instant,
        in_method -> Nullable<Text>,
        in_level -> Text,
        in_verdict -> Nullable<Text>,
        out_method -> Nullable<Text>,
        out_level -> Text,
        out_verdict -> Nullable<Text>,
        ticked_by -> Nullable<BigInt>,
        rules_version -> Integer,
        cause -> Text,
        note_hash -> Nullable<Text>,
        recorded_at -> Instant,
        prev_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    ledger_heads (member_id) {
        member_id -> BigInt,
        seq -> BigInt,
        hash -> Text,
        minutes -> BigInt,
        tenths -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    ledger_notes (entry_id) {
        entry_id -> BigInt,
        salt -> Text,
        text -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    waiting_minutes (id) {
        id -> BigInt,
        member_id -> BigInt,
        claim_id -> BigInt,
        shift_id -> BigInt,
        day -> Date,
        minutes -> Integer,
        reason -> Text,
        created_at -> Instant,
    }
}

diesel::joinable!(ledger_notes -> ledger_entries (entry_id));
diesel::allow_tables_to_appear_in_same_query!(ledger_entries, ledger_heads, ledger_notes, waiting_minutes);
