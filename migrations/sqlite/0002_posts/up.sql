CREATE TABLE batches (
    id INTEGER PRIMARY KEY,
    created_by INTEGER NOT NULL REFERENCES members (id),
    created_at INTEGER NOT NULL,
    undone_at INTEGER
);

CREATE TABLE posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    organization_id INTEGER NOT NULL REFERENCES organizations (id),
    community_id INTEGER REFERENCES organizations (id),
    batch_id INTEGER REFERENCES batches (id),
    created_by INTEGER NOT NULL REFERENCES members (id),
    category TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    place TEXT NOT NULL,
    meeting_point TEXT NOT NULL,
    bring TEXT NOT NULL,
    duties TEXT NOT NULL,
    skills TEXT NOT NULL,
    lat DOUBLE NOT NULL,
    lon DOUBLE NOT NULL,
    datum TEXT NOT NULL,
    radius_m INTEGER,
    polygon TEXT,
    methods TEXT NOT NULL,
    opens_before_min INTEGER NOT NULL,
    fair_counts BOOLEAN NOT NULL,
    hazardous BOOLEAN NOT NULL,
    risk_notice TEXT NOT NULL,
    insurance_ref TEXT,
    insurance_waived_by TEXT,
    audience TEXT NOT NULL,
    priority INTEGER NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    published_at INTEGER,
    CHECK ((radius_m IS NULL) <> (polygon IS NULL))
);
CREATE INDEX posts_organization ON posts (organization_id, state);
CREATE INDEX posts_batch ON posts (batch_id);

CREATE TABLE shifts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id INTEGER NOT NULL REFERENCES posts (id),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    capacity INTEGER NOT NULL,
    taken INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL,
    state_reason TEXT,
    lead_id INTEGER REFERENCES members (id),
    deputy_id INTEGER REFERENCES members (id),
    version INTEGER NOT NULL DEFAULT 1,
    places_version INTEGER NOT NULL DEFAULT 0,
    CHECK (taken >= 0 AND taken <= capacity),
    CHECK (starts_at < ends_at)
);
CREATE INDEX shifts_post ON shifts (post_id, starts_at);
CREATE INDEX shifts_ends ON shifts (ends_at);
CREATE INDEX shifts_lead ON shifts (lead_id);
CREATE INDEX shifts_deputy ON shifts (deputy_id);

CREATE TABLE screens (
    id INTEGER PRIMARY KEY,
    shift_id INTEGER NOT NULL REFERENCES shifts (id),
    created_by INTEGER NOT NULL REFERENCES members (id),
    pairing_hash BLOB NOT NULL UNIQUE,
    pairing_ends_at INTEGER NOT NULL,
    token_hash BLOB UNIQUE,
    created_at INTEGER NOT NULL,
    paired_at INTEGER,
    revoked_at INTEGER
);
CREATE INDEX screens_shift ON screens (shift_id);
