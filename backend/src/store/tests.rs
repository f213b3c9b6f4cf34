//! How the statements behave inside the database.
