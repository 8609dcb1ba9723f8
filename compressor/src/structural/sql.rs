//! SQL: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::check;
use super::rendering::{bounds, safe, skeleton};
use crate::language::Language;

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn golden(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("sql", text));
}

fn same(original: &str, result: &str) -> bool {
    check(original, result, Language::from_name("sql").expect("a known language")).is_ok()
}

#[test]
fn clauses_stay_on_their_lines() {
    golden(
        include_str!("samples/sample.sql"),
        expect![[r#"
        parsed: 270 tokens
        all words: 235
        -- Schema of the shop, as the first version had it.
        CREATE TABLE users (
         id INTEGER PRIMARY KEY, -- the key
         name VARCHAR(20) NOT NULL DEFAULT 'a  b',
         /* When they signed up */
         created TIMESTAMP
        );
        /* TODO: index on name */
        CREATE INDEX idx_name ON users(name);

        SELECT /*+ INDEX(u idx_name) */ u.id,count(*) AS n, CASE WHEN u.name LIKE 'x%' THEN 1 ELSE -2 END
        FROM users u
         LEFT JOIN orders o ON o.user_id=u.id
        WHERE u.created>'2024-01-01' AND u.id IN (SELECT id FROM other WHERE a=1)
        GROUP BY u.id
        ORDER BY n DESC
        LIMIT 10;

        INSERT INTO users(id,name) VALUES (1,'it''s'), (2,'b');

        WITH a AS (SELECT 1)
        SELECT * FROM a;

        CREATE OR REPLACE FUNCTION f(a integer) RETURNS integer AS $$
        BEGIN
         -- inside
         RETURN a+1;
        END;
        $$ LANGUAGE plpgsql;

        CREATE VIEW v AS SELECT id FROM users;
        UPDATE users SET name='x' WHERE id=1;

        ----
        no words: 209
        CREATE TABLE users (
         id INTEGER PRIMARY KEY,
         name VARCHAR(20) NOT NULL DEFAULT 'a  b',
         created TIMESTAMP
        );
        /* TODO: index on name */
        CREATE INDEX idx_name ON users(name);

        SELECT /*+ INDEX(u idx_name) */ u.id,count(*) AS n, CASE WHEN u.name LIKE 'x%' THEN 1 ELSE -2 END
        FROM users u
         LEFT JOIN orders o ON o.user_id=u.id
        WHERE u.created>'2024-01-01' AND u.id IN (SELECT id FROM other WHERE a=1)
        GROUP BY u.id
        ORDER BY n DESC
        LIMIT 10;

        INSERT INTO users(id,name) VALUES (1,'it''s'), (2,'b');

        WITH a AS (SELECT 1)
        SELECT * FROM a;

        CREATE OR REPLACE FUNCTION f(a integer) RETURNS integer AS $$
        BEGIN
         RETURN a+1;
        END;
        $$ LANGUAGE plpgsql;

        CREATE VIEW v AS SELECT id FROM users;
        UPDATE users SET name='x' WHERE id=1;

    "#]],
    );
}

#[test]
fn at_safe_comments_and_lines_stay() {
    expect![[r#"
        -- Schema of the shop, as the first version had it.
        CREATE TABLE users (
         id INTEGER PRIMARY KEY, -- the key
         name VARCHAR(20) NOT NULL DEFAULT 'a  b',
         /* When they signed up */
         created TIMESTAMP
        );

        /* TODO: index on name */
        CREATE INDEX idx_name ON users (name);

        SELECT /*+ INDEX(u idx_name) */ u.id,
         count(*) AS n,
         CASE WHEN u.name LIKE 'x%' THEN 1 ELSE -2 END
        FROM users u
         LEFT JOIN orders o
          ON o.user_id = u.id
        WHERE u.created > '2024-01-01'
         AND u.id IN (SELECT id FROM other WHERE a = 1)
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
    "#]]
    .assert_eq(&safe("sql", include_str!("samples/sample.sql")));
}

#[test]
fn a_skeleton_says_what_went() {
    expect![[r#"
        -- Schema of the shop, as the first version had it.
        CREATE TABLE users (
         id INTEGER PRIMARY KEY, -- the key
         name VARCHAR(20) NOT NULL DEFAULT 'a  b',
         created TIMESTAMP
        );
        CREATE INDEX idx_name ON users(name);
        /* 20 lines */
        CREATE OR REPLACE FUNCTION f(a integer) RETURNS integer AS $$
        BEGIN
         RETURN a+1;
        END;
        $$ LANGUAGE plpgsql;

        CREATE VIEW v AS SELECT id FROM users;
        /* 1 line */
    "#]]
    .assert_eq(&skeleton("sql", include_str!("samples/sample.sql")));
}

#[test]
fn what_means_something_is_compared() {
    assert!(same("SELECT a ,  b -- c\nFROM d;", "SELECT a,b FROM d;"));
    assert!(!same("SELECT 'a  b';", "SELECT 'a b';"));
    assert!(!same("SELECT a - -1;", "SELECT a --1;"));
    assert!(!same("SELECT \"a  b\";", "SELECT \"a b\";"));
}
