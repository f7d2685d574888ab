//! The tables as diesel sees them; the same on both databases.
#![allow(missing_docs, reason = "the macro writes public items without docs")]

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    installation (key) {
        key -> Text,
        value -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    keys (id) {
        id -> BigInt,
        purpose -> Text,
        fingerprint -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    organizations (id) {
        id -> BigInt,
        parent_id -> Nullable<BigInt>,
        kind -> Text,
        code -> Nullable<Text>,
        name -> Text,
        name_key -> Text,
        version -> Integer,
        created_at -> Instant,
        closed_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    organization_ancestors (ancestor_id, descendant_id) {
        ancestor_id -> BigInt,
        descendant_id -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    grids (id) {
        id -> BigInt,
        parent_id -> Nullable<BigInt>,
        organization_id -> Nullable<BigInt>,
        level -> Text,
        code -> Text,
        name -> Text,
        polygon -> Nullable<Text>,
        min_lat -> Nullable<Double>,
        min_lon -> Nullable<Double>,
        max_lat -> Nullable<Double>,
        max_lon -> Nullable<Double>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    members (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        standing -> Text,
        unit_id -> Nullable<BigInt>,
        branch_id -> Nullable<BigInt>,
        community_id -> Nullable<BigInt>,
        phone_cipher -> Nullable<Binary>,
        phone_key_id -> Nullable<BigInt>,
        phone_index -> Nullable<Binary>,
        claims_version -> BigInt,
        version -> Integer,
        created_at -> Instant,
        left_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    accounts (member_id) {
        member_id -> BigInt,
        account -> Text,
        password_hash -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    roles (id) {
        id -> BigInt,
        member_id -> BigInt,
        role -> Text,
        organization_id -> BigInt,
        granted_at -> Instant,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    sessions (id) {
        id -> BigInt,
        member_id -> BigInt,
        token_hash -> Binary,
        created_at -> Instant,
        seen_at -> Instant,
        expires_at -> Instant,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    consents (id) {
        id -> BigInt,
        member_id -> BigInt,
        receiver_id -> BigInt,
        version -> Integer,
        given_at -> Instant,
        withdrawn_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    idempotency_keys (member_id, key) {
        member_id -> BigInt,
        key -> Text,
        route -> Text,
        body_hash -> Binary,
        status -> Integer,
        body -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    outbox (id) {
        id -> BigInt,
        key -> Text,
        kind -> Text,
        member_id -> Nullable<BigInt>,
        organization_id -> Nullable<BigInt>,
        payload -> Text,
        created_at -> Instant,
        due_at -> Instant,
        sent_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    batches (id) {
        id -> BigInt,
        created_by -> BigInt,
        created_at -> Instant,
        undone_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    posts (id) {
        id -> BigInt,
        organization_id -> BigInt,
        community_id -> Nullable<BigInt>,
        batch_id -> Nullable<BigInt>,
        created_by -> BigInt,
        category -> Text,
        title -> Text,
        description -> Text,
        place -> Text,
        meeting_point -> Text,
        bring -> Text,
        duties -> Text,
        skills -> Text,
        lat -> Double,
        lon -> Double,
        datum -> Text,
        radius_m -> Nullable<Integer>,
        polygon -> Nullable<Text>,
        methods -> Text,
        opens_before_min -> Integer,
        fair_counts -> Bool,
        hazardous -> Bool,
        risk_notice -> Text,
        insurance_ref -> Nullable<Text>,
        insurance_waived_by -> Nullable<Text>,
        audience -> Text,
        priority -> Integer,
        state -> Text,
        state_reason -> Nullable<Text>,
        version -> Integer,
        created_at -> Instant,
        published_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    shifts (id) {
        id -> BigInt,
        post_id -> BigInt,
        starts_at -> Instant,
        ends_at -> Instant,
        capacity -> Integer,
        taken -> Integer,
        state -> Text,
        state_reason -> Nullable<Text>,
        lead_id -> Nullable<BigInt>,
        deputy_id -> Nullable<BigInt>,
        version -> Integer,
        places_version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    screens (id) {
        id -> BigInt,
        shift_id -> BigInt,
        created_by -> BigInt,
        pairing_hash -> Binary,
        pairing_ends_at -> Instant,
        token_hash -> Nullable<Binary>,
        created_at -> Instant,
        paired_at -> Nullable<Instant>,
        revoked_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    claims (id) {
        id -> BigInt,
        shift_id -> BigInt,
        member_id -> BigInt,
        state -> Text,
        starts_at -> Instant,
        ends_at -> Instant,
        served_as -> Text,
        free_release -> Bool,
        late_release -> Bool,
        claimed_at -> Instant,
        changed_at -> Instant,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    claim_notes (id) {
        id -> BigInt,
        claim_id -> BigInt,
        author_id -> BigInt,
        kind -> Text,
        text -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    attempts (id) {
        id -> BigInt,
        claim_id -> BigInt,
        member_id -> BigInt,
        end -> Text,
        method -> Nullable<Text>,
        at -> Instant,
        received_at -> Instant,
        verdict -> Nullable<Text>,
        about_m -> Nullable<Integer>,
        level -> Text,
        reasons -> Text,
        late -> Bool,
        lat -> Nullable<Double>,
        lon -> Nullable<Double>,
        datum -> Nullable<Text>,
        accuracy_m -> Nullable<Double>,
        taken_at -> Nullable<Instant>,
        sent_at -> Nullable<Instant>,
        spot -> Nullable<BigInt>,
        device -> Nullable<Text>,
        client_key -> Nullable<Text>,
        body_hash -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    checkins (claim_id, end) {
        claim_id -> BigInt,
        end -> Text,
        method -> Nullable<Text>,
        at -> Instant,
        level -> Text,
        verdict -> Nullable<Text>,
        reasons -> Text,
        late -> Bool,
        attempt_id -> Nullable<BigInt>,
        recorded_by -> Nullable<BigInt>,
        ticked_by -> Nullable<BigInt>,
        ticked_as -> Nullable<Text>,
        ticked_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::Instant;

    ticket_uses (nonce, end) {
        nonce -> Binary,
        end -> Text,
        claim_id -> BigInt,
    }
}

diesel::joinable!(sessions -> members (member_id));
diesel::joinable!(accounts -> members (member_id));
diesel::joinable!(roles -> organizations (organization_id));
diesel::joinable!(roles -> members (member_id));
diesel::joinable!(consents -> members (member_id));
diesel::joinable!(shifts -> posts (post_id));
diesel::joinable!(posts -> organizations (organization_id));
diesel::joinable!(claims -> shifts (shift_id));
diesel::joinable!(claims -> members (member_id));
diesel::joinable!(checkins -> claims (claim_id));
diesel::joinable!(attempts -> claims (claim_id));
diesel::joinable!(screens -> shifts (shift_id));

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
diesel::allow_tables_to_appear_in_same_query!(
    installation,
    keys,
    organizations,
    organization_ancestors,
    grids,
    members,
    accounts,
    roles,
    sessions,
    consents,
    idempotency_keys,
    outbox,
    batches,
    posts,
    shifts,
    screens,
    claims,
    claim_notes,
    attempts,
    checkins,
    ticket_uses,
    ledger_entries,
    ledger_heads,
    ledger_notes,
    waiting_minutes,
);
