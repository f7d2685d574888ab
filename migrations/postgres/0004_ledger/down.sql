DROP TABLE waiting_minutes;
DROP TABLE ledger_notes;
DROP TABLE ledger_entries;
DROP TABLE ledger_heads;
DROP FUNCTION ledger_head_follows;
DROP FUNCTION ledger_head_begins;
DROP FUNCTION ledger_entry_follows;
DROP FUNCTION ledger_refuse;
