//! Closed sets whose values have names: on the wire, in form fields and in addresses.

/// Gives an enum all its values, in the order in which forms offer them, and their names.
macro_rules! named {
    ($set:ident { $($value:ident = $name:literal),+ $(,)? }) => {
        impl $set {
            /// Every value, in the order in which forms offer them.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$value),+];

            /// The name on the wire, in form fields and in addresses.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$value => $name),+
                }
            }

            /// The value of that [`name`](Self::name).
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|it| it.name() == name)
            }
        }
    };
}
pub(crate) use named;
