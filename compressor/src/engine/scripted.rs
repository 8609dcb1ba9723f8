//! A deterministic stand-in for tests.
