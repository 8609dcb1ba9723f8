//! The structural engine.
