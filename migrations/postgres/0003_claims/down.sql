DROP TABLE ticket_uses;
DROP TABLE checkins;
DROP TABLE attempts;
DROP TABLE claim_notes;
DROP TABLE claims;
