DROP TABLE screens;
DROP TABLE shifts;
DROP TABLE posts;
DROP TABLE batches;
