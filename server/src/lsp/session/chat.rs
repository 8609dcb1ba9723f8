//! Blocks for a chat.
