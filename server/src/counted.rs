//! How many of something are open for each of those who may have some, such as the streams of one person.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many each has open, and may have. Cheap to clone; all clones are the same.
#[derive(Debug)]
pub struct Counted<K: Eq + Hash> {
    most: usize,
    open: Arc<Mutex<HashMap<K, usize>>>,
}

/// One of them, as long as it is open.
#[derive(Debug)]
pub struct One<K: Eq + Hash> {
    all: Counted<K>,
    whose: K,
}

impl<K: Eq + Hash> Clone for Counted<K> {
    fn clone(&self) -> Self {
        Self { most: self.most, open: Arc::clone(&self.open) }
    }
}

impl<K: Clone + Eq + Hash> Counted<K> {
    /// Nobody has any; each may have so many.
    pub fn new(most: usize) -> Self {
        Self { most, open: Arc::default() }
    }

    /// Room for one more; none where they have as many as they may.
    pub fn open(&self, whose: K) -> Option<One<K>> {
        let mut open = self.now_open();
        if open.get(&whose).is_some_and(|it| *it >= self.most) {
            return None;
        }
        *open.entry(whose.clone()).or_default() += 1;
        drop(open);
        Some(One { all: self.clone(), whose })
    }
}

impl<K: Eq + Hash> Counted<K> {
    fn now_open(&self) -> MutexGuard<'_, HashMap<K, usize>> {
        // Whole after every step, so a panic elsewhere leaves nothing half done.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash> Drop for One<K> {
    fn drop(&mut self) {
        let mut open = self.all.now_open();
        let Some(count) = open.get_mut(&self.whose) else { return };
        *count -= 1;
        // Whoever has none is forgotten.
        if *count == 0 {
            open.remove(&self.whose);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_so_many_and_others_have_theirs() {
        let counted = Counted::new(2);
        let mut kims = vec![counted.open("kim").unwrap(), counted.clone().open("kim").unwrap()];
        assert!(counted.open("kim").is_none());
        let lee = counted.open("lee");
        assert!(lee.is_some());
        kims.pop();
        assert!(counted.open("kim").is_some());
        assert_eq!(counted.now_open().get("kim"), Some(&1), "what was closed counts no more");
        drop((kims, lee));
        assert!(counted.now_open().is_empty(), "whoever has none is forgotten");
    }
}
