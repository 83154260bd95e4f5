-- What has to be known before the tables of `schema` can be made.
CREATE TABLE weighing (source VARCHAR, type VARCHAR, kind VARCHAR, weight DOUBLE);
CREATE TABLE feed (local VARCHAR, source VARCHAR);
