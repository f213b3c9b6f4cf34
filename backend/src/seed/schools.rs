//! The classes and clubs that people are in, and the rooms that they meet in.

use domain::{
    GroupName, Problem, RoomId, RoomName, RoomState, RoomType,
    room::{Capacity, RoomLimits, TimeLimit},
};

use super::{people::some_teacher, random::Random};

/// How many students a class has.
pub(super) const CLASS_SIZE: u64 = 28;

/// Groups beside the classes.
pub(super) const CLUBS: [&str; 12] = [
    "Choir",
    "Chess club",
    "Robotics",
    "School newspaper",
    "Orchestra",
    "Debate team",
    "Football",
    "Gardening club",
    "연극반",
    "방송부",
    "書道部",
    "Théâtre français",
];

const GRADES: u64 = 12;
const SECTIONS: &[u8; 8] = b"ABCDEFGH";
const YEARS: u64 = 10;
const LATEST_YEAR: u64 = 2026;

/// Where classes are taught once all years of the first school are full.
const SCHOOLS: [&str; 40] = [
    "Riverside",
    "Hillcrest",
    "Maple Street",
    "Lakeview",
    "Northgate",
    "Old Town",
    "Harbour",
    "Sunnyside",
    "Greenfield",
    "Oakwood",
    "Westbrook",
    "Kingsway",
    "Fairview",
    "Meadowbank",
    "Stonebridge",
    "Elm Park",
    "Queens Road",
    "Ashford",
    "Birchwood",
    "Cedar Hill",
    "Eastfield",
    "Foxhollow",
    "Granville",
    "Highland",
    "Ivy Lane",
    "Juniper",
    "Larkspur",
    "Millbrook",
    "Newhaven",
    "Orchard",
    "Parkside",
    "Quarry Hill",
    "Rosewood",
    "Silverlake",
    "Thornton",
    "Upton",
    "Valley",
    "Willowbrook",
    "Yarrow",
    "Zephyr",
];

/// The name of the class of that number, such as `7B 2026`; each has its own.
pub(super) fn class_name(number: u64) -> Result<GroupName, Problem> {
    let sections = SECTIONS.len() as u64;
    let grade = number % GRADES + 1;
    let section = number / GRADES % sections;
    let section = char::from(SECTIONS[usize::try_from(section).unwrap_or_default()]);
    let year = LATEST_YEAR - number / (GRADES * sections) % YEARS;
    let school = number / (GRADES * sections * YEARS);
    GroupName::parse(&match (
        school,
        SCHOOLS.get(usize::try_from(school).unwrap_or(usize::MAX).wrapping_sub(1)),
    ) {
        (0, _) => format!("{grade}{section} {year}"),
        (_, Some(name)) => format!("{grade}{section} {year} {name}"),
        (beyond, None) => format!("{grade}{section} {year} School {beyond}"),
    })
}

/// The name of a club.
pub(super) fn club_name(place: usize) -> Result<GroupName, Problem> {
    GroupName::parse(CLUBS[place])
}

/// A room to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SeededRoom {
    /// The room's id.
    pub id: RoomId,
    /// What people call it.
    pub name: RoomName,
    /// Who may enter.
    pub room_type: RoomType,
    /// Open or ended.
    pub state: RoomState,
    /// The number of the person to whom it belongs.
    pub owner: u64,
    /// The numbers of the people specified.
    pub members: Vec<u64>,
    /// What limits it.
    pub limits: RoomLimits,
}

const SUBJECTS: [&str; 40] = [
    "Algebra",
    "Geometry",
    "Calculus",
    "Biology",
    "Chemistry",
    "Physics",
    "World history",
    "Geography",
    "English",
    "French",
    "Spanish",
    "German",
    "Korean",
    "Latin",
    "Literature",
    "Creative writing",
    "Music",
    "Art",
    "Drama",
    "Computing",
    "Economics",
    "Philosophy",
    "Ethics",
    "Statistics",
    "Astronomy",
    "수학",
    "과학",
    "국어",
    "영어 회화",
    "한국사",
    "미술",
    "음악",
    "数学",
    "物理",
    "国語",
    "理科",
    "الرياضيات",
    "Математика",
    "Географія",
    "गणित",
];

const OCCASIONS: [&str; 14] = [
    "Staff meeting",
    "Parents' evening",
    "Book club",
    "Homework help",
    "Student council",
    "Open day",
    "Morning assembly",
    "Exam preparation",
    "Guest lecture",
    "Office hours",
    "Science fair",
    "학부모 상담",
    "동아리 모임",
    "Sprechstunde",
];

/// The room of that number in a school of so many people, who are not none.
pub(super) fn room(number: u64, people: u64) -> Result<SeededRoom, Problem> {
    let mut random = Random::of(2, number);
    let id = RoomId::from_bits(random.next());
    let name = RoomName::parse(&room_name(&mut random))?;
    let room_type = match random.below(10) {
        0..7 => RoomType::Private,
        7..9 => RoomType::Public,
        _ => RoomType::Open,
    };
    let state = if random.chance(50) { RoomState::Ended } else { RoomState::Open };
    let owner = some_teacher(&mut random, people);
    let members = match room_type {
        RoomType::Private => members(&mut random, people, owner),
        RoomType::Public | RoomType::Open => Vec::new(),
    };
    // Last, so that all else stays what it was before rooms had limits.
    let limits = limits(&mut random);
    Ok(SeededRoom { id, name, room_type, state, owner, members, limits })
}

fn room_name(random: &mut Random) -> String {
    let class = random.below(GRADES * SECTIONS.len() as u64);
    let grade = class % GRADES + 1;
    let section = char::from(*random.pick(SECTIONS));
    match random.below(5) {
        0 => format!("{} {}", random.pick(&OCCASIONS), random.below(30) + 1),
        1 => format!("{} {}", random.pick(&SUBJECTS), random.pick(&["I", "II", "III"])),
        2 => format!("{grade}{section} {}", random.pick(&SUBJECTS)),
        _ => format!("{} {grade}{section}", random.pick(&SUBJECTS)),
    }
}

/// Some rooms hold so many, and some meetings last so long; a window would soon be over.
fn limits(random: &mut Random) -> RoomLimits {
    let capacity = random.chance(250).then(|| *random.pick(&[12, 24, 32, 40]));
    let time_limit = random.chance(300).then(|| *random.pick(&[45, 60, 90]));
    RoomLimits {
        capacity: capacity.and_then(Capacity::new),
        time_limit: time_limit.and_then(TimeLimit::new),
        ..RoomLimits::default()
    }
}

/// 3 to 30 people who follow each other, mostly one class and its teachers; fewer where there are
/// not so many.
fn members(random: &mut Random, people: u64, owner: u64) -> Vec<u64> {
    let count = (3 + random.below(28)).min(people - 1);
    let first = random.below(people);
    let from_first = (0..people).map(|it| (first + it) % people);
    from_first.filter(|it| *it != owner).take(usize::try_from(count).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_class_and_club_has_its_own_name() {
        let names = (0..40_000).map(class_name).chain((0..CLUBS.len()).map(club_name));
        let keys: HashSet<String> = names.map(|it| it.unwrap().key()).collect();
        assert_eq!(keys.len(), 40_000 + CLUBS.len());
        assert_eq!(class_name(18).unwrap().as_str(), "7B 2026");
    }

    #[test]
    fn rooms_are_as_in_a_school() {
        for number in 0..500 {
            let room = room(number, 1000).unwrap();
            let members: HashSet<u64> = room.members.iter().copied().collect();
            assert_eq!(members.len(), room.members.len());
            assert!(!members.contains(&room.owner));
            match room.room_type {
                RoomType::Private => assert!((3..=30).contains(&members.len())),
                _ => assert!(members.is_empty()),
            }
        }
        assert!(room(0, 1).unwrap().members.is_empty());
        assert!(room(0, 2).unwrap().members.len() <= 1);
    }
}
