CREATE TABLE installation (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE keys (
    id INTEGER NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE organizations (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES organizations (id),
    kind TEXT NOT NULL,
    code TEXT UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    closed_at INTEGER
);
CREATE INDEX organizations_parent ON organizations (parent_id);

-- Every organisation is its own ancestor, so that a scope is one join.
CREATE TABLE organization_ancestors (
    ancestor_id INTEGER NOT NULL REFERENCES organizations (id),
    descendant_id INTEGER NOT NULL REFERENCES organizations (id),
    PRIMARY KEY (ancestor_id, descendant_id)
);
CREATE INDEX organization_ancestors_descendant ON organization_ancestors (descendant_id);

CREATE TABLE grids (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES grids (id),
    organization_id INTEGER REFERENCES organizations (id),
    level TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    polygon TEXT,
    min_lat DOUBLE,
    min_lon DOUBLE,
    max_lat DOUBLE,
    max_lon DOUBLE
);
CREATE INDEX grids_level ON grids (level, min_lat, min_lon);

CREATE TABLE members (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    standing TEXT NOT NULL,
    unit_id INTEGER REFERENCES organizations (id),
    branch_id INTEGER REFERENCES organizations (id),
    community_id INTEGER REFERENCES organizations (id),
    phone_cipher BLOB,
    phone_key_id INTEGER,
    phone_index BLOB,
    claims_version INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    left_at INTEGER
);
CREATE INDEX members_unit ON members (unit_id, name_key, id);
CREATE INDEX members_phone ON members (phone_index);

CREATE TABLE accounts (
    member_id INTEGER NOT NULL PRIMARY KEY REFERENCES members (id),
    account TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE roles (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES members (id),
    role TEXT NOT NULL,
    organization_id INTEGER NOT NULL REFERENCES organizations (id),
    granted_at INTEGER NOT NULL,
    ended_at INTEGER
);
CREATE INDEX roles_member ON roles (member_id);
CREATE INDEX roles_organization ON roles (organization_id);

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES members (id),
    token_hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
);
CREATE INDEX sessions_member ON sessions (member_id);

CREATE TABLE consents (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES members (id),
    receiver_id INTEGER NOT NULL REFERENCES organizations (id),
    version INTEGER NOT NULL,
    given_at INTEGER NOT NULL,
    withdrawn_at INTEGER
);
CREATE INDEX consents_member ON consents (member_id, receiver_id);

CREATE TABLE idempotency_keys (
    member_id INTEGER NOT NULL REFERENCES members (id),
    key TEXT NOT NULL,
    route TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (member_id, key)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    member_id INTEGER REFERENCES members (id),
    organization_id INTEGER REFERENCES organizations (id),
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    sent_at INTEGER
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL;
