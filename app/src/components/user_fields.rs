//! The fields of the forms that create and edit a user, and how others will see that user.

use domain::{
    ConsoleRole, EntryPermission, Nickname, Problem, UserId, UserStatus, avatar,
    user::{UserDetails, UserField, UserForm},
};
use leptos::prelude::*;

use super::{
    avatar::{Picture, Size},
    field::{Field, TextField, described_by},
    form::FormState,
    groups_field::GroupsField,
    icon::Icon,
    image_field::{ImageChoice, ImageField},
    permission::{PermissionChoices, PermissionPill},
};
use crate::{browser, functions::users, i18n::tr, latest::latest, words};

/// What stands in the fields.
#[derive(Clone, Copy)]
pub(crate) struct UserFields {
    /// The User ID as typed.
    pub(crate) user_id: RwSignal<String>,
    /// The nickname as typed.
    pub(crate) nickname: RwSignal<String>,
    /// The chosen permission.
    pub(crate) permission: RwSignal<EntryPermission>,
    /// The chosen groups.
    pub(crate) groups: RwSignal<Vec<String>>,
    /// The chosen role.
    pub(crate) role: RwSignal<ConsoleRole>,
    /// What becomes of the image.
    pub(crate) image: ImageChoice,
}

impl UserFields {
    /// Fields filled with what was typed before, or with nothing.
    pub(crate) fn new(form: UserForm) -> Self {
        Self {
            user_id: RwSignal::new(form.user_id),
            nickname: RwSignal::new(form.nickname),
            permission: RwSignal::new(
                EntryPermission::from_name(&form.permission).unwrap_or_default(),
            ),
            groups: RwSignal::new(form.groups),
            role: RwSignal::new(ConsoleRole::from_name(&form.role).unwrap_or_default()),
            image: ImageChoice::new(None),
        }
    }

    /// Fields filled with what a user is now.
    pub(crate) fn of(details: &UserDetails) -> Self {
        let user = &details.summary;
        let named = user.nickname.as_str() != user.user_id.as_str();
        Self {
            user_id: RwSignal::new(user.user_id.to_string()),
            nickname: RwSignal::new(if named { user.nickname.to_string() } else { String::new() }),
            permission: RwSignal::new(user.permission),
            groups: RwSignal::new(details.groups.iter().map(ToString::to_string).collect()),
            role: RwSignal::new(user.role),
            image: ImageChoice::new(user.image.clone()),
        }
    }

    /// The same fields with what was typed into them before.
    pub(crate) fn with_typed(self, form: &UserForm) -> Self {
        self.nickname.set(form.nickname.clone());
        self.permission.set(EntryPermission::from_name(&form.permission).unwrap_or_default());
        self.groups.set(form.groups.clone());
        self.role.set(ConsoleRole::from_name(&form.role).unwrap_or_default());
        self
    }

    /// The user as these fields describe them, as far as they can be read.
    fn as_typed(self) -> (String, u8, EntryPermission) {
        let user_id = self.user_id.get();
        let nickname = self.nickname.get();
        let shown = if nickname.trim().is_empty() { user_id.clone() } else { nickname };
        let colour = UserId::parse(&user_id).map_or(0, |id| avatar::colour(&id));
        (shown.trim().to_owned(), colour, self.permission.get())
    }
}

/// The User ID and the nickname, side by side. The User ID is asked for only once.
#[component]
pub(crate) fn NameFields(
    fields: UserFields,
    form: FormState<UserField>,
    /// Whether the user exists already.
    #[prop(optional)]
    existing: bool,
) -> impl IntoView {
    let nickname_wrong = form.wrong(UserField::Nickname, move || {
        let typed = fields.nickname.get();
        (!typed.trim().is_empty()).then(|| Nickname::parse(&typed).map(drop))
    });
    let user_id = if existing {
        view! {
            <Field id="user-id" label=tr!("user.user_id") hint=Some(tr!("user.user_id_fixed"))>
                <input
                    class="input"
                    id="user-id"
                    readonly
                    value=fields.user_id.get_untracked()
                    aria-describedby="user-id-hint"
                />
            </Field>
        }
        .into_any()
    } else {
        view! { <UserIdField value=fields.user_id form /> }.into_any()
    };
    view! {
        <div class="field-row">
            {user_id}
            <TextField
                id="nickname"
                name="nickname"
                label=tr!("user.nickname")
                value=fields.nickname
                optional=true
                hint=tr!("user.nickname_hint")
                wrong=nickname_wrong
            />
        </div>
    }
}

/// The User ID of a new user: by the rules while it is typed, and free once typing pauses.
#[component]
fn UserIdField(value: RwSignal<String>, form: FormState<UserField>) -> impl IntoView {
    let touched = RwSignal::new(false);
    Effect::new(move |before: Option<String>| {
        let typed = value.get();
        if before.is_some_and(|it| it != typed) {
            touched.set(true);
        }
        typed
    });
    let taken = taken(value);
    let wrong = form.wrong(UserField::UserId, move || {
        if !touched.get() {
            return None;
        }
        let parsed = UserId::parse(&value.get());
        Some(parsed.and_then(|id| match taken.get() {
            Some((asked, problem)) if asked.key() == id.key() => Err(problem),
            _ => Ok(()),
        }))
    });
    view! {
        <TextField
            id="user-id"
            name="user_id"
            label=tr!("user.user_id")
            value
            hint=tr!("user.user_id_hint")
            identifier=true
            wrong
        />
    }
}

/// Why the User ID that stands in the field can't be given, asked once typing pauses.
fn taken(value: RwSignal<String>) -> Signal<Option<(UserId, Problem)>> {
    const PAUSE: std::time::Duration = std::time::Duration::from_millis(200);
    let asked = RwSignal::new(None::<UserId>);
    Effect::new(move |waiting: Option<Option<TimeoutHandle>>| {
        if let Some(waiting) = waiting.flatten() {
            waiting.clear();
        }
        let id = UserId::parse(&value.get()).ok();
        set_timeout_with_handle(
            move || {
                asked.try_set(id);
            },
            PAUSE,
        )
        .ok()
    });
    let found = latest(move || asked.get(), users::taken);
    Signal::derive(move || found.get().and_then(|(asked, taken)| Some((asked, taken.ok()??))))
}

/// Image, permission, groups and role, each in a section of its own.
#[component]
pub(crate) fn ProfileFields(fields: UserFields, form: FormState<UserField>) -> impl IntoView {
    let image = fields.image;
    let image_wrong = form.wrong(UserField::Image, move || {
        image.problem.get().map(Err).or_else(|| image.is_set().then_some(Ok(())))
    });
    let groups_wrong = form.wrong(UserField::Groups, || None);
    let role_wrong = form.wrong(UserField::Role, || None);
    let role_described = described_by("role", true, role_wrong);
    browser::take_over("#role", move |name| {
        fields.role.set(ConsoleRole::from_name(&name).unwrap_or_default());
    });
    let role_option = move |role: ConsoleRole| {
        view! {
            <option value=role.name() selected=fields.role.get_untracked() == role>
                {words::role(role)}
            </option>
        }
    };
    view! {
        <div class="card__section">
            <ImageField choice=image wrong=image_wrong progress=form.progress />
        </div>
        <div class="card__section">
            <PermissionChoices chosen=fields.permission />
        </div>
        <div class="card__section">
            <GroupsField chosen=fields.groups wrong=groups_wrong />
        </div>
        <div class="card__section">
            <Field id="role" label=tr!("user.role") hint=Some(tr!("user.role_hint")) wrong=role_wrong>
                <div class="select">
                    <select
                        class="input"
                        id="role"
                        name="role"
                        aria-describedby=role_described
                        aria-invalid=move || role_wrong.with(Option::is_some).then_some("true")
                        prop:value=move || fields.role.get().name()
                        on:change=move |event| {
                            fields
                                .role
                                .set(
                                    ConsoleRole::from_name(&event_target_value(&event))
                                        .unwrap_or_default(),
                                );
                        }
                    >
                        {ConsoleRole::ALL.map(role_option).collect_view()}
                    </select>
                    <Icon name="chevrons-up-down" />
                </div>
            </Field>
        </div>
    }
}

/// How others will see the user in the classroom.
#[component]
pub(crate) fn Preview(fields: UserFields) -> impl IntoView {
    let picture = move |size: Size| {
        if let Some(src) = fields.image.address() {
            return view! { <Picture src size /> }.into_any();
        }
        let (shown, colour, _) = fields.as_typed();
        let class = format!("{} avatar--{colour}", size.class());
        view! {
            <span class=class aria-hidden="true">
                {avatar::letter(&shown)}
            </span>
        }
        .into_any()
    };
    let name = move || {
        let (shown, _, _) = fields.as_typed();
        if shown.is_empty() { tr!("preview.nobody") } else { shown }
    };
    view! {
        <aside class="card preview" aria-label=tr!("preview.title")>
            <p class="preview__title">{tr!("preview.title")}</p>
            <div class="preview__tile">
                {move || picture(Size::Tile)}
                <p class="preview__name">
                    <bdi>{name}</bdi>
                    {move || view! { <PermissionPill permission=fields.permission.get() /> }}
                </p>
            </div>
            <div class="person">
                {move || picture(Size::Medium)}
                <div class="person__text">
                    <bdi class="person__name">{name}</bdi>
                    <span class="person__id">{tr!("preview.list")}</span>
                </div>
            </div>
        </aside>
    }
}

/// Whether a user may do anything, as a pill; nothing for those who may.
#[component]
pub(crate) fn StatusPill(status: UserStatus) -> impl IntoView {
    (status == UserStatus::Deactivated).then(|| {
        view! {
            <span class="pill pill--ended">
                <Icon name="user-x" />
                {words::user_status(status)}
            </span>
        }
    })
}
