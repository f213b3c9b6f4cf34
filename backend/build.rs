//! Builds anew when a migration is added, since the program carries them all.

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}
