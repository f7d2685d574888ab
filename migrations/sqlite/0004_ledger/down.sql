DROP TABLE waiting_minutes;
DROP TABLE ledger_notes;
DROP TABLE ledger_entries;
DROP TABLE ledger_heads;
