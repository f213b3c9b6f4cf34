//! Who is seeded: a pure function from a number to a person, so that a person is the same in every
//! plan that is large enough.

use domain::{ConsoleRole, EntryPermission, Nickname, Problem, UserId, UserStatus};

use super::{
    names::nickname,
    random::Random,
    schools::{CLASS_SIZE, CLUBS},
};

/// One person in so many is a teacher.
const PER_TEACHER: u64 = 20;
/// One person in so many observes.
const PER_OBSERVER: u64 = 250;
/// The place of the observer among so many: never a teacher's.
const OBSERVER_AT: u64 = 7;
/// So many in a thousand are deactivated.
const DEACTIVATED: u64 = 20;
/// So many in a thousand were given no nickname.
const UNNAMED: u64 = 10;
/// So many in a thousand belong to a club.
const CLUB_MEMBERS: u64 = 25;

/// A person to be made a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    /// The User ID.
    pub user_id: UserId,
    /// The nickname.
    pub nickname: Nickname,
    /// The default entry permission.
    pub permission: EntryPermission,
    /// The console role.
    pub role: ConsoleRole,
    /// Active or deactivated.
    pub status: UserStatus,
    /// The number of the class, for students.
    pub class: Option<u64>,
    /// The place of the club among [`CLUBS`], for its members.
    pub club: Option<usize>,
}

/// What somebody is at the school, and how many were that before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Occupation {
    Teacher(u64),
    Observer(u64),
    Student(u64),
}

impl Occupation {
    const fn of(number: u64) -> Self {
        if number.is_multiple_of(PER_TEACHER) {
            Self::Teacher(number / PER_TEACHER)
        } else if number % PER_OBSERVER == OBSERVER_AT {
            Self::Observer(number / PER_OBSERVER)
        } else {
            Self::Student(students(number))
        }
    }

    fn user_id(self) -> Result<UserId, Problem> {
        UserId::parse(&match self {
            Self::Teacher(it) => format!("T-{:04}", it + 1),
            Self::Observer(it) => format!("M-{:04}", it + 1),
            Self::Student(it) => format!("S-{:06}", it + 1),
        })
    }
}

/// How many of the first so many people are students.
const fn students(people: u64) -> u64 {
    let observers = (people + PER_OBSERVER - OBSERVER_AT - 1) / PER_OBSERVER;
    people - people.div_ceil(PER_TEACHER) - observers
}

/// How many classes the first so many people fill.
pub(super) const fn classes(people: u64) -> u64 {
    students(people).div_ceil(CLASS_SIZE)
}

/// The number of some teacher among the first so many people, who are not none.
pub(super) fn some_teacher(random: &mut Random, people: u64) -> u64 {
    random.below(people.div_ceil(PER_TEACHER)) * PER_TEACHER
}

/// The person of that number.
pub(super) fn person(number: u64) -> Result<Person, Problem> {
    let mut random = Random::of(1, number);
    let occupation = Occupation::of(number);
    let user_id = occupation.user_id()?;
    let name = nickname(&mut random);
    let unnamed = random.chance(UNNAMED);
    let (permission, role, class) = match occupation {
        Occupation::Teacher(_) => (EntryPermission::Host, ConsoleRole::Teacher, None),
        Occupation::Observer(_) => (EntryPermission::Monitoring, ConsoleRole::None, None),
        Occupation::Student(it) => {
            (EntryPermission::Guest, ConsoleRole::None, Some(it / CLASS_SIZE))
        }
    };
    let deactivated = random.chance(DEACTIVATED);
    let in_club = random.chance(CLUB_MEMBERS);
    let club = usize::try_from(random.below(CLUBS.len() as u64)).ok();
    Ok(Person {
        nickname: if unnamed { Nickname::from_user_id(&user_id) } else { Nickname::parse(&name)? },
        user_id,
        permission,
        role,
        status: if deactivated { UserStatus::Deactivated } else { UserStatus::Active },
        class,
        club: club.filter(|_| in_club),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn people_are_as_in_a_school() {
        let people: Vec<Person> = (0..10_000).map(|it| person(it).unwrap()).collect();
        let count = |rule: fn(&Person) -> bool| people.iter().filter(|it| rule(it)).count();
        assert_eq!(count(|it| it.role == ConsoleRole::Teacher), 500);
        assert_eq!(count(|it| it.permission == EntryPermission::Monitoring), 40);
        assert!((100..300).contains(&count(|it| it.status == UserStatus::Deactivated)));
        let ids: HashSet<String> = people.iter().map(|it| it.user_id.key()).collect();
        assert_eq!(ids.len(), people.len());
    }

    #[test]
    fn students_are_numbered_without_a_gap() {
        let ids: Vec<u64> = (0..5000)
            .filter_map(|it| match Occupation::of(it) {
                Occupation::Student(student) => Some(student),
                _ => None,
            })
            .collect();
        assert_eq!(ids, (0..students(5000)).collect::<Vec<_>>());
    }
}
