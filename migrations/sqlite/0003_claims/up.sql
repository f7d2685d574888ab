CREATE TABLE claims (
    id INTEGER PRIMARY KEY,
    shift_id INTEGER NOT NULL REFERENCES shifts (id),
    member_id INTEGER NOT NULL REFERENCES members (id),
    state TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    served_as TEXT NOT NULL,
    free_release BOOLEAN NOT NULL DEFAULT FALSE,
    late_release BOOLEAN NOT NULL DEFAULT FALSE,
    claimed_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX claims_one_active ON claims (shift_id, member_id)
    WHERE state IN ('held', 'checked_in', 'open', 'completed', 'unverified');
CREATE INDEX claims_member ON claims (member_id, starts_at);
CREATE INDEX claims_shift ON claims (shift_id, state);
CREATE INDEX claims_due ON claims (state, ends_at) WHERE state IN ('held', 'checked_in', 'open', 'unverified');

-- Erasable words about a claim: why it was attested, resolved or stopped.
CREATE TABLE claim_notes (
    id INTEGER PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claims (id),
    author_id INTEGER NOT NULL REFERENCES members (id),
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX claim_notes_claim ON claim_notes (claim_id);

-- Every judged try to check in or out. Positions are reduced after 90 days, the verdict stays.
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claims (id),
    member_id INTEGER NOT NULL REFERENCES members (id),
    "end" TEXT NOT NULL,
    method TEXT,
    at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    verdict TEXT,
    about_m INTEGER,
    level TEXT NOT NULL,
    reasons TEXT NOT NULL,
    late BOOLEAN NOT NULL,
    lat DOUBLE,
    lon DOUBLE,
    datum TEXT,
    accuracy_m DOUBLE,
    taken_at INTEGER,
    sent_at INTEGER,
    spot INTEGER,
    device TEXT,
    client_key TEXT,
    body_hash BLOB NOT NULL,
    UNIQUE (member_id, client_key)
);
CREATE INDEX attempts_claim ON attempts (claim_id);
CREATE INDEX attempts_member ON attempts (member_id, at);
CREATE INDEX attempts_spot ON attempts (spot, at) WHERE spot IS NOT NULL;
CREATE INDEX attempts_device ON attempts (device, at) WHERE device IS NOT NULL;

-- The standing check-in and check-out of a claim: one an end.
CREATE TABLE checkins (
    claim_id INTEGER NOT NULL REFERENCES claims (id),
    "end" TEXT NOT NULL,
    method TEXT,
    at INTEGER NOT NULL,
    level TEXT NOT NULL,
    verdict TEXT,
    reasons TEXT NOT NULL,
    late BOOLEAN NOT NULL,
    attempt_id INTEGER REFERENCES attempts (id),
    recorded_by INTEGER REFERENCES members (id),
    ticked_by INTEGER REFERENCES members (id),
    ticked_as TEXT,
    ticked_at INTEGER,
    PRIMARY KEY (claim_id, "end")
);

-- A ticket serves the first claim that uses it, once an end.
CREATE TABLE ticket_uses (
    nonce BLOB NOT NULL,
    "end" TEXT NOT NULL,
    claim_id INTEGER NOT NULL REFERENCES claims (id),
    PRIMARY KEY (nonce, "end")
);
