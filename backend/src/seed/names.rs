//! Nicknames as a school of many languages has them.

use super::random::Random;

/// How the parts of a name are put together.
#[derive(Clone, Copy)]
enum Order {
    /// Given name, space, family name.
    GivenFirst,
    /// Family name, space, given name.
    FamilyFirst,
    /// Family name and given name in one.
    FamilyJoined,
}

/// The names of one language.
struct Names {
    /// How many of a thousand people have a name of this language.
    share: u64,
    order: Order,
    given: &'static [&'static str],
    family: &'static [&'static str],
}

const EUROPEAN: Names = Names {
    share: 400,
    order: Order::GivenFirst,
    given: &[
        "Adèle", "Agnes", "Aïcha", "Alba", "Alejandro", "Alice", "Amara", "Amélie", "Amina", "Ana",
        "Anaïs", "Anders", "Andrés", "Anna", "Antoine", "Arda", "Asger", "Astrid", "Beatriz", "Ben",
        "Björn", "Bruna", "Camille", "Carlos", "Caspar", "Chiara", "Chloé", "Chukwuemeka", "Clara",
        "Dániel", "Daniel", "David", "Defne", "Diego", "Duy", "Elena", "Elif", "Élise", "Ella",
        "Eloïse", "Emil", "Emma", "Emre", "Enzo", "Esther", "Eszter", "Eva", "Éva", "Felix",
        "Ferenc", "Finn", "François", "Freja", "Gabriel", "Giulia", "Grace", "Hana", "Hanna",
        "Håkon", "Hélène", "Henrik", "Hugo", "Ida", "Ines", "Inès", "Ingrid", "Isla", "Jakub",
        "James", "Jana", "Joakim", "João", "Jonas", "José", "Julia", "Jürgen", "Karolína", "Kasia",
        "Kofi", "Lara", "Lars", "Laszlo", "Lea", "Léo", "Leon", "Liam", "Linh", "Lola", "Louise",
        "Luca", "Lucía", "Lukáš", "Łukasz", "Maja", "Małgorzata", "Marek", "María", "Marta",
        "Mateo", "Matilda", "Matteo", "Maya", "Mehmet", "Mia", "Mikkel", "Mina", "Minh", "Miriam",
        "Nadia", "Nathan", "Ngozi", "Niamh", "Nico", "Nikola", "Noah", "Noémie", "Nora", "Núria",
        "Oliver", "Olivia", "Ömer", "Oscar", "Øyvind", "Pablo", "Paula", "Pedro", "Pia", "Quentin",
        "Rafael", "Renée", "Rosa", "Ruben", "Ruby", "Samuel", "Sára", "Sean", "Selin", "Siobhán",
        "Sofia", "Søren", "Tamás", "Teresa", "Théo", "Thomas", "Tomáš", "Uma", "Valentina", "Vera",
        "Victor", "Wiktor", "Xavier", "Yara", "Yasmin", "Yusuf", "Zeynep", "Zoë", "Zofia",
    ],
    family: &[
        "Achebe", "Adeyemi", "Álvarez", "Andersen", "Andersson", "Arslan", "Bakker", "Bauer",
        "Becker", "Berg", "Bernard", "Bianchi", "Björk", "Boateng", "Brandão", "Brown", "Castro",
        "Černý", "Çelik", "Clarke", "Conti", "Costa", "Cruz", "Dąbrowski", "Demir", "Diallo",
        "Díaz", "Dubois", "Dupont", "Dvořák", "Eriksson", "Esposito", "Evans", "Farkas",
        "Fernández", "Ferrari", "Fischer", "Fontaine", "Fournier", "Gallo", "García", "Gómez",
        "Gonçalves", "Green", "Grönlund", "Gruber", "Guðmundsson", "Gunnarsson", "Hansen", "Haugen",
        "Hernández", "Hoffmann", "Horvat", "Horváth", "Hughes", "Ibáñez", "Jansen", "Jensen",
        "Johansson", "Jones", "Kaya", "Keller", "Kelly", "Klein", "Koç", "Kovač", "Kovács",
        "Kowalska", "Kozłowski", "Krüger", "Larsen", "Lefèvre", "Lehtinen", "Lindqvist", "López",
        "Lund", "Mäkinen", "Marić", "Marino", "Martin", "Martínez", "Mensah", "Meyer", "Molnár",
        "Moreau", "Moreno", "Morgan", "Müller", "Muñoz", "Nagy", "Ndiaye", "Nielsen", "Nováková",
        "Nowak", "Núñez", "Nyström", "O'Brien", "Okafor", "Okonkwo", "Olsen", "Oliveira", "Öztürk",
        "Peña", "Pereira", "Pérez", "Petit", "Petrović", "Popescu", "Prochazka", "Ramírez", "Ricci",
        "Rivera", "Robert", "Rodríguez", "Romano", "Rossi", "Rousseau", "Ruiz", "Russo", "Şahin",
        "Sánchez", "Santos", "Schmidt", "Schneider", "Schäfer", "Silva", "Smith", "Sørensen",
        "Stewart", "Suárez", "Svoboda", "Szabó", "Taylor", "Torres", "Tóth", "Vargas", "Vasquez",
        "Villanueva", "Virtanen", "Visser", "Vogel", "Wagner", "Walsh", "Weber", "Williams",
        "Wójcik", "Wood", "Yıldız", "Zając", "Zieliński", "Živković",
    ],
};

const ROMANISED_KOREAN: Names = Names {
    share: 60,
    order: Order::FamilyFirst,
    given: &[
        "Areum", "Chaewon", "Daeun", "Dohyun", "Eunji", "Eunwoo", "Gaeun", "Haeun", "Hajun",
        "Hayoon", "Hyejin", "Hyunwoo", "Jaemin", "Jia", "Jihoon", "Jihu", "Jimin", "Jisoo", "Jiwoo",
        "Jiyoo", "Joowon", "Junseo", "Minji", "Minjun", "Minseo", "Seoyeon", "Seojun", "Seungmin",
        "Siwoo", "Sohee", "Soomin", "Subin", "Sungho", "Taeyang", "Woojin", "Yejun", "Yerin",
        "Yoona", "Yujin", "Jiho",
    ],
    family: &[
        "Kim", "Lee", "Park", "Choi", "Jung", "Kang", "Cho", "Yoon", "Jang", "Lim", "Han", "Oh",
        "Seo", "Shin", "Kwon", "Hwang", "Ahn", "Song", "Hong", "Yoo",
    ],
};

const KOREAN: Names = Names {
    share: 190,
    order: Order::FamilyJoined,
    given: &[
        "가은", "건우", "도윤", "도현", "동현", "라온", "민서", "민재", "민준", "민지", "보람",
        "서아", "서연", "서우", "서윤", "서준", "서진", "서현", "소율", "소희", "수민", "수빈",
        "수아", "수현", "시우", "시윤", "아름", "아린", "연우", "예린", "예은", "예준", "우진",
        "유나", "유빈", "유진", "윤서", "은서", "은우", "은지", "이준", "재민", "재윤", "정우",
        "주원", "준서", "준우", "지민", "지아", "지안", "지우", "지유", "지윤", "지호", "지후",
        "지훈", "채원", "채은", "태양", "하늘", "하윤", "하은", "하준", "한결", "현서", "현우",
        "혜진",
    ],
    family: &[
        "김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신", "권",
        "황", "안", "송", "류", "홍", "전", "고", "문", "양", "손", "배", "백", "허", "남궁",
    ],
};

const CHINESE: Names = Names {
    share: 80,
    order: Order::FamilyJoined,
    given: &[
        "子涵", "梓萱", "浩然", "欣怡", "宇轩", "诗涵", "一诺", "思远", "雨桐", "佳怡", "俊杰",
        "嘉豪", "明轩", "晓彤", "天佑", "若曦", "文博", "静怡", "志强", "丽娜", "建国", "秀英",
        "海燕", "雪梅", "国华", "美玲", "家豪", "怡君", "冠宇", "淑芬", "小明", "安琪",
    ],
    family: &[
        "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡",
        "郭", "何", "林", "高", "罗", "欧阳", "司马",
    ],
};

const JAPANESE: Names = Names {
    share: 50,
    order: Order::FamilyFirst,
    given: &[
        "陽翔", "蓮", "湊", "結衣", "陽葵", "さくら", "美咲", "太郎", "花子", "健太", "翔太",
        "大輝", "葵", "凛", "悠真", "直樹", "ひなた", "めい", "みゆ", "ゆうた",
    ],
    family: &[
        "佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田",
        "山田", "佐々木", "山口", "松本", "井上",
    ],
};

const KANA: Names = Names {
    share: 20,
    order: Order::FamilyFirst,
    given: &[
        "ハルト", "レン", "ユイ", "サクラ", "ミサキ", "タロウ", "ハナコ", "ケンタ", "アオイ",
        "リン", "ナオキ", "メイ", "エミリー", "マリア",
    ],
    family: &[
        "サトウ", "スズキ", "タカハシ", "タナカ", "ワタナベ", "ヤマモト", "ナカムラ", "コバヤシ",
        "ヨシダ", "ヤマダ",
    ],
};

const ARABIC: Names = Names {
    share: 80,
    order: Order::GivenFirst,
    given: &[
        "أحمد", "محمد", "علي", "عمر", "يوسف", "إبراهيم", "خالد", "حسن", "سارة", "مريم", "فاطمة",
        "ليلى", "نور", "أمل", "هدى", "رنا", "زينب", "ياسمين", "طارق", "كريم", "سلمى", "آدم",
        "رامي", "دانا",
    ],
    family: &[
        "حداد", "خوري", "المصري", "الأحمد", "منصور", "النجار", "الشريف", "سليمان", "عباس", "صالح",
        "الحسن", "قاسم", "بركات", "عيسى", "فرح", "الخطيب",
    ],
};

const CYRILLIC: Names = Names {
    share: 70,
    order: Order::GivenFirst,
    given: &[
        "Анна", "Мария", "Дмитро", "Олена", "Иван", "Алексей", "Екатерина", "Наталія", "Тарас",
        "Сергей", "Юлия", "Максим", "Софія", "Андрій", "Ольга", "Пётр", "Ксения", "Милица",
        "Никола", "Богдан", "Елена", "Даниил", "Ярослав", "Зоя",
    ],
    family: &[
        "Шевченко", "Коваленко", "Бондаренко", "Ткаченко", "Мельник", "Кравченко", "Бойко",
        "Гончаренко", "Петренко", "Марченко", "Јовановић", "Димитров", "Тодоров", "Соколенко",
        "Кравець", "Їжак",
    ],
};

const HINDI: Names = Names {
    share: 50,
    order: Order::GivenFirst,
    given: &[
        "आरव", "विवान", "आदित्य", "अर्जुन", "रोहन", "अनन्या", "दीया", "प्रिया", "नेहा", "पूजा",
        "काव्या", "ईशान", "कृष्ण", "मीरा", "राधा", "संजय", "सुनीता", "लक्ष्मी", "राहुल", "अमित",
    ],
    family: &[
        "शर्मा", "वर्मा", "गुप्ता", "सिंह", "कुमार", "पटेल", "मेहता", "जोशी", "मिश्रा", "यादव",
        "चौधरी", "अग्रवाल", "नायर", "रेड्डी",
    ],
};

/// Their shares add up to a thousand.
const LANGUAGES: [&Names; 9] = [
    &EUROPEAN,
    &ROMANISED_KOREAN,
    &KOREAN,
    &CHINESE,
    &JAPANESE,
    &KANA,
    &ARABIC,
    &CYRILLIC,
    &HINDI,
];

/// A nickname. Some people share theirs with others, as in life.
pub(super) fn nickname(random: &mut Random) -> String {
    let names = language(random.below(1000));
    let given = *random.pick(names.given);
    let family = *random.pick(names.family);
    match names.order {
        Order::FamilyFirst => format!("{family} {given}"),
        Order::FamilyJoined => format!("{family}{given}"),
        Order::GivenFirst => match random.below(8) {
            0 => format!("{given} {} {family}", random.pick(names.given)),
            1 => format!("{given} {family} {}", random.pick(names.family)),
            _ => format!("{given} {family}"),
        },
    }
}

fn language(mut at: u64) -> &'static Names {
    for names in LANGUAGES {
        if at < names.share {
            return names;
        }
        at -= names.share;
    }
    &EUROPEAN
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use domain::Nickname;

    use super::*;

    #[test]
    fn the_shares_of_languages_add_up() {
        assert_eq!(LANGUAGES.iter().map(|it| it.share).sum::<u64>(), 1000);
    }

    #[test]
    fn nicknames_are_taken_as_they_stand_and_vary() {
        let names: Vec<String> = (0..5000).map(|it| nickname(&mut Random::of(0, it))).collect();
        for name in &names {
            assert_eq!(Nickname::parse(name).unwrap().as_str(), name);
        }
        assert!(names.iter().collect::<HashSet<_>>().len() > 4000);
    }
}
