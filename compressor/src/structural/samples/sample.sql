-- Schema of the shop, as the first version had it.
CREATE TABLE users (
    id    INTEGER PRIMARY KEY,  -- the key
    name  VARCHAR(20) NOT NULL DEFAULT 'a  b',
    /* When they signed up */
    created TIMESTAMP
);

/* TODO: index on name */
CREATE INDEX idx_name ON users (name);

SELECT /*+ INDEX(u idx_name) */ u.id,
       count(*) AS n,
       CASE WHEN u.name LIKE 'x%' THEN 1 ELSE -2 END
FROM   users u
  LEFT JOIN orders o
    ON o.user_id = u.id
WHERE  u.created > '2024-01-01'
  AND  u.id IN (SELECT id FROM other WHERE a = 1)
GROUP BY u.id
ORDER BY n DESC
LIMIT 10;

INSERT INTO users (id, name) VALUES
  (1, 'it''s'),
  (2, 'b');

WITH a AS (
  SELECT 1
)
SELECT * FROM a;

CREATE OR REPLACE FUNCTION f(a integer) RETURNS integer AS $$
BEGIN
  -- inside
  RETURN a + 1;
END;
$$ LANGUAGE plpgsql;

CREATE VIEW v AS SELECT id FROM users;
UPDATE users SET name = 'x' WHERE id = 1;
