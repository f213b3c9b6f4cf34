//! `/settings`: what holds for the whole school.

mod zone;

use domain::{
    Problem, Problems,
    room::Capacity,
    settings::{
        Language, MostMembers, MostRooms, ObservationNotice, Retention, SchoolName, SettingsField,
        SettingsForm,
    },
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_query_map;

use self::zone::ZoneField;
use crate::{
    browser::{self, submit::Encoding},
    components::{
        answer::{Answer, Place},
        field::{Field, TextField, Wrong, described_by},
        form::{FormState, SendFailure, SubmitButton, form_data},
        icon::Icon,
        notice::{DoneNotice, WarningNotice},
        page::TaskHead,
        page_title::PageTitle,
    },
    functions::settings::{self, SettingsShown},
    i18n::{Locale, tr},
    submission::submitted,
};

const PATH: &str = "/settings";

/// The form that changes the settings.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    let shown = Resource::new_blocking(|| (), |()| settings::get());
    let refused = StoredValue::new(submitted::<SettingsForm, SettingsField>());
    let show = move |shown: SettingsShown| {
        let (typed, problems) = refused
            .get_value()
            .unwrap_or_else(|| (SettingsForm::of(&shown.settings), Problems::default()));
        view! { <Form shown typed problems /> }.into_any()
    };
    view! { <Answer of=shown show place=Place::Page /> }
}

#[component]
fn Form(
    shown: SettingsShown,
    typed: SettingsForm,
    problems: Problems<SettingsField>,
) -> impl IntoView {
    let form = FormState::<SettingsField>::new(problems);
    let query = use_query_map();
    let saved = move || query.with(|it| it.get("saved").is_some());
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(data) = form_data(&event).filter(|_| !form.busy()) {
            // Loaded anew: name, zone and language stand in every page's frame.
            let then = |location: String| browser::load(&location);
            form.send(PATH.to_owned(), data, Encoding::UrlEncoded, then);
        }
    };
    let teachers = [
        Limit {
            name: "teacher_rooms",
            label: tr!("settings.teacher_rooms"),
            field: SettingsField::TeacherRooms,
            typed: typed.teacher_rooms,
            check: |it| MostRooms::parse(it).err(),
        },
        Limit {
            name: "teacher_members",
            label: tr!("settings.teacher_members"),
            field: SettingsField::TeacherMembers,
            typed: typed.teacher_members,
            check: |it| MostMembers::parse(it).err(),
        },
        Limit {
            name: "teacher_capacity",
            label: tr!("settings.teacher_capacity"),
            field: SettingsField::TeacherCapacity,
            typed: typed.teacher_capacity,
            check: |it| Capacity::parse(it).err(),
        },
    ];
    let (school, notice) = (RwSignal::new(typed.school), RwSignal::new(typed.notice));
    let school_wrong =
        form.wrong_until_typed(SettingsField::School, school, |it| SchoolName::parse(it).err());
    let title = tr!("settings.title");
    view! {
        <PageTitle text=title.clone() />
        <main class="page page--form page--task" id="main" tabindex="-1">
            <TaskHead back="/".to_owned() back_label=tr!("failure.home") title />
            {move || saved().then(|| view! { <DoneNotice>{tr!("settings.was_saved")}</DoneNotice> })}
            <form class="card" method="post" action=PATH novalidate on:submit=on_submit>
                <div class="card__section">
                    <TextField
                        id="school"
                        name="school"
                        label=tr!("settings.school")
                        value=school
                        optional=true
                        hint=tr!("settings.school_hint")
                        wrong=school_wrong
                    />
                </div>
                <div class="card__section">
                    <ZoneField zones=shown.zones now=shown.now typed=typed.time_zone form />
                    <LanguageField chosen=typed.language form />
                </div>
                <div class="card__section">
                    <RetentionField now=shown.settings.retention chosen=typed.retention form />
                </div>
                <div class="card__section">
                    <NoticeField notice form />
                </div>
                <div class="card__section">
                    <fieldset class="field">
                        <legend class="field__label">{tr!("settings.teachers")}</legend>
                        <div class="field-row">
                            {teachers
                                .map(|it| view! { <LimitField limit=it form /> })
                                .collect_view()}
                        </div>
                        <p class="field__hint">{tr!("settings.teachers_hint")}</p>
                    </fieldset>
                </div>
                <SendFailure failure=form.failure progress=form.progress />
                <footer class="form-footer">
                    <p class="form-footer__summary"></p>
                    <SubmitButton
                        label=tr!("settings.save")
                        busy=Signal::derive(move || form.busy())
                    />
                </footer>
            </form>
        </main>
    }
}

/// A limit of Teachers, empty where there is none.
struct Limit {
    name: &'static str,
    label: String,
    field: SettingsField,
    typed: String,
    check: fn(&str) -> Option<Problem>,
}

#[component]
fn LimitField(limit: Limit, form: FormState<SettingsField>) -> impl IntoView {
    let Limit { name, label, field, typed, check } = limit;
    let value = RwSignal::new(typed);
    let wrong = form.wrong_until_typed(field, value, check);
    view! { <TextField id=name name label value optional=true wrong /> }
}

/// For how long the history is kept. A shorter time says what will be lost.
#[component]
fn RetentionField(now: Retention, chosen: String, form: FormState<SettingsField>) -> impl IntoView {
    let chosen = RwSignal::new(chosen);
    let shorter = move || Retention::from_name(&chosen.get()).is_some_and(|it| it < now);
    let choices = Retention::ALL.map(|it| (it.name(), retention(it)));
    view! {
        <Choose
            id="retention"
            label=tr!("settings.retention")
            hint=tr!("settings.retention_hint")
            choices=choices.to_vec()
            chosen
            wrong=form.wrong(SettingsField::Retention, || None)
        />
        {move || {
            shorter()
                .then(|| {
                    let (title, text) = (tr!("settings.shorter"), tr!("settings.shorter_text"));
                    view! { <WarningNotice title text /> }
                })
        }}
    }
}

fn retention(retention: Retention) -> String {
    match retention {
        Retention::Month => tr!("settings.month"),
        Retention::Quarter => tr!("settings.quarter"),
        Retention::Year => tr!("settings.year"),
        Retention::TwoYears => tr!("settings.two_years"),
        Retention::FiveYears => tr!("settings.five_years"),
        Retention::Forever => tr!("settings.forever"),
    }
}

/// The language for whoever's browser asks for none that there is.
#[component]
fn LanguageField(chosen: String, form: FormState<SettingsField>) -> impl IntoView {
    let own_name = |name: &'static str| Locale::parse(name).map_or(name, Locale::own_name);
    let choices = Language::ALL.map(|it| (it.name(), own_name(it.name()).to_owned()));
    view! {
        <Choose
            id="language"
            label=tr!("settings.language")
            hint=tr!("settings.language_hint")
            choices=choices.to_vec()
            chosen=RwSignal::new(chosen)
            wrong=form.wrong(SettingsField::Language, || None)
        />
    }
}

/// One of a few.
#[component]
fn Choose(
    id: &'static str,
    label: String,
    hint: String,
    /// The name and the words of each.
    choices: Vec<(&'static str, String)>,
    chosen: RwSignal<String>,
    wrong: Wrong,
) -> impl IntoView {
    browser::take_over(&format!("#{id}"), move |name| chosen.set(name));
    let option = |(name, words): (&'static str, String)| {
        view! {
            <option value=name selected=chosen.get_untracked() == name>
                {words}
            </option>
        }
    };
    let options = choices.into_iter().map(option).collect_view();
    view! {
        <Field id label hint=Some(hint) wrong>
            <div class="select">
                <select
                    class="input"
                    id=id
                    name=id
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    aria-describedby=described_by(id, true, wrong)
                    prop:value=chosen
                    on:change=move |event| chosen.set(event_target_value(&event))
                >
                    {options}
                </select>
                <Icon name="chevrons-up-down" />
            </div>
        </Field>
    }
}

/// The wording of the observation notice, and how it reads at the door.
#[component]
fn NoticeField(notice: RwSignal<String>, form: FormState<SettingsField>) -> impl IntoView {
    let wrong = form
        .wrong_until_typed(SettingsField::Notice, notice, |it| ObservationNotice::parse(it).err());
    let shown = move || {
        let typed = notice.get();
        let typed = typed.trim();
        if typed.is_empty() { tr!("settings.notice_usual") } else { typed.to_owned() }
    };
    view! {
        <TextField
            id="notice"
            name="notice"
            label=tr!("settings.notice")
            value=notice
            optional=true
            hint=tr!("settings.notice_hint")
            wrong
        />
        <div class="field">
            <p class="field__label">{tr!("settings.notice_preview")}</p>
            <div class="notice">
                <Icon name="eye" />
                <bdi class="notice__text">{shown}</bdi>
            </div>
        </div>
    }
}
