-- The ledger only grows, and the database itself holds it to that. STRICT, so that no column takes a value of another
-- type. Days are ISO text (2026-09-01), instants microseconds, hashes 64 lower-case hex digits. How a hash is made stands
-- in src/ledger/rules/chain.rs.

-- Where a member's ledger ends: its last entry, and the sums over all of them.
CREATE TABLE ledger_heads (
    member_id INTEGER NOT NULL PRIMARY KEY REFERENCES members (id),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    minutes INTEGER NOT NULL,
    tenths INTEGER NOT NULL
) STRICT;

-- starts_at and ends_at are the shift as it was judged; a stopped shift ends where it was stopped.
CREATE TABLE ledger_entries (
    id INTEGER NOT NULL PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES members (id),
    seq INTEGER NOT NULL,
    claim_id INTEGER NOT NULL REFERENCES claims (id),
    shift_id INTEGER NOT NULL REFERENCES shifts (id),
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    reverses_id INTEGER UNIQUE REFERENCES ledger_entries (id),
    minutes INTEGER NOT NULL,
    tenths INTEGER NOT NULL,
    category TEXT NOT NULL,
    rate_tenths INTEGER NOT NULL,
    served_as TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    checked_in_at INTEGER NOT NULL,
    checked_out_at INTEGER NOT NULL,
    in_method TEXT,
    in_level TEXT NOT NULL,
    in_verdict TEXT,
    out_method TEXT,
    out_level TEXT NOT NULL,
    out_verdict TEXT,
    ticked_by INTEGER REFERENCES members (id),
    rules_version INTEGER NOT NULL,
    cause TEXT NOT NULL,
    note_hash TEXT CHECK (length(note_hash) = 64),
    recorded_at INTEGER NOT NULL,
    prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    UNIQUE (member_id, seq),
    CHECK (
        (kind = 'service' AND reverses_id IS NULL AND minutes > 0 AND tenths >= 0)
        OR (kind = 'reversal' AND reverses_id IS NOT NULL AND minutes < 0 AND tenths <= 0)
    )
) STRICT;
CREATE INDEX ledger_entries_day ON ledger_entries (member_id, day);
CREATE INDEX ledger_entries_claim ON ledger_entries (claim_id);

-- Reasons, apart from the entries because they may be erased; an entry holds only the salted hash of its own.
CREATE TABLE ledger_notes (
    entry_id INTEGER NOT NULL PRIMARY KEY REFERENCES ledger_entries (id),
    salt TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

-- Minutes that were served and don't count by themselves.
CREATE TABLE waiting_minutes (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES members (id),
    claim_id INTEGER NOT NULL REFERENCES claims (id),
    shift_id INTEGER NOT NULL REFERENCES shifts (id),
    day TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes > 0),
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (claim_id, day)
) STRICT;
CREATE INDEX waiting_minutes_member ON waiting_minutes (member_id, day);

CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries
BEGIN
    SELECT RAISE(ABORT, 'ledger: an entry is never changed');
END;

CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries
BEGIN
    SELECT RAISE(ABORT, 'ledger: an entry is never deleted');
END;

-- INSERT OR REPLACE deletes without a delete trigger where recursive_triggers is off, as in the sqlite3 shell.
CREATE TRIGGER ledger_entries_no_replace BEFORE INSERT ON ledger_entries
WHEN EXISTS (
    SELECT 1 FROM ledger_entries
    WHERE id = NEW.id OR (member_id = NEW.member_id AND seq = NEW.seq) OR reverses_id = NEW.reverses_id
)
BEGIN
    SELECT RAISE(ABORT, 'ledger: an entry is never replaced');
END;

CREATE TRIGGER ledger_entries_follow BEFORE INSERT ON ledger_entries
WHEN NOT EXISTS (
    SELECT 1 FROM ledger_heads
    WHERE member_id = NEW.member_id AND seq = NEW.seq - 1 AND hash = NEW.prev_hash
)
BEGIN
    SELECT RAISE(ABORT, 'ledger: an entry follows the head of its ledger');
END;

CREATE TRIGGER ledger_heads_begin BEFORE INSERT ON ledger_heads
WHEN NEW.seq <> 0 OR NEW.minutes <> 0 OR NEW.tenths <> 0
    OR NEW.hash <> '0000000000000000000000000000000000000000000000000000000000000000'
BEGIN
    SELECT RAISE(ABORT, 'ledger: a ledger begins empty');
END;

CREATE TRIGGER ledger_heads_no_replace BEFORE INSERT ON ledger_heads
WHEN EXISTS (SELECT 1 FROM ledger_heads WHERE member_id = NEW.member_id)
BEGIN
    SELECT RAISE(ABORT, 'ledger: a head is never replaced');
END;

CREATE TRIGGER ledger_heads_no_delete BEFORE DELETE ON ledger_heads
BEGIN
    SELECT RAISE(ABORT, 'ledger: a head is never deleted');
END;

-- A head moves on by exactly one entry that is there. An update that changes nothing passes: it is how an append
-- takes the lock.
CREATE TRIGGER ledger_heads_follow BEFORE UPDATE ON ledger_heads
WHEN NOT (
    (
        NEW.member_id = OLD.member_id AND NEW.seq = OLD.seq AND NEW.hash = OLD.hash
        AND NEW.minutes = OLD.minutes AND NEW.tenths = OLD.tenths
    )
    OR EXISTS (
        SELECT 1 FROM ledger_entries AS entry
        WHERE entry.member_id = OLD.member_id AND NEW.member_id = OLD.member_id
            AND entry.seq = OLD.seq + 1 AND NEW.seq = entry.seq
            AND entry.prev_hash = OLD.hash AND NEW.hash = entry.hash
            AND NEW.minutes = OLD.minutes + entry.minutes AND NEW.tenths = OLD.tenths + entry.tenths
    )
)
BEGIN
    SELECT RAISE(ABORT, 'ledger: a head moves on by one entry');
END;

-- A note may be erased, never reworded.
CREATE TRIGGER ledger_notes_no_update BEFORE UPDATE ON ledger_notes
BEGIN
    SELECT RAISE(ABORT, 'ledger: a note is erased or stays as it is');
END;

CREATE TRIGGER ledger_notes_no_replace BEFORE INSERT ON ledger_notes
WHEN EXISTS (SELECT 1 FROM ledger_notes WHERE entry_id = NEW.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'ledger: a note is erased or stays as it is');
END;
