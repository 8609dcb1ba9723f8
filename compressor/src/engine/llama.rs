//! The only file that names llama.cpp.
