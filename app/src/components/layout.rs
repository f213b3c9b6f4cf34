//! The frame of the console: top bar, notices that concern every page, and the page.

use domain::{ConsoleRole, UserSummary};
use leptos::prelude::*;
use leptos_router::{
    components::Outlet,
    hooks::{use_location, use_url},
};

use super::{
    avatar::{Avatar, Size},
    icon::Icon,
    line::LineBar,
    page_title::PageTitle,
    state::Failure,
    toast::Toasts,
};
use crate::{
    browser,
    error::AppError,
    i18n::{self, Locale, tr},
    live::{Live, listen},
    routes::is_for_teachers,
    theme::Theme,
    viewer::{Viewer, viewer},
    words,
};

/// The frame. Pages below it can rely on somebody being signed in.
#[component]
pub(crate) fn Console() -> impl IntoView {
    if let Some(viewer) = viewer() {
        provide_context(viewer.clone());
        view! { <Frame viewer /> }.into_any()
    } else {
        // Only where the frame is left and entered again without a page load, as from an address at
        // which nothing is: the server knows who is signed in.
        Effect::new(|_| browser::reload());
        ().into_any()
    }
}

#[component]
fn Frame(viewer: Viewer) -> impl IntoView {
    let live = Live::new(&viewer);
    provide_context(live);
    listen(live);
    let path = use_location().pathname;
    let allowed =
        viewer.user.role == ConsoleRole::Admin || path.with_untracked(|it| is_for_teachers(it));
    // What is refused stands in place of every page: others are there once they are loaded.
    Effect::new(move |before: Option<()>| {
        let asked = path.get();
        if before.is_some() && !allowed {
            browser::load(&asked);
        }
    });
    view! {
        <TopBar user=viewer.user.clone() school=viewer.school.clone() />
        <LineBar live />
        {viewer
            .insecure
            .then(|| {
                view! {
                    <div class="page-notice">
                        <div class="notice notice--warning" role="status">
                            <Icon name="triangle-alert" />
                            <div class="notice__text">
                                <strong>{tr!("insecure.title")}</strong>
                                " "
                                {tr!("insecure.text")}
                            </div>
                        </div>
                    </div>
                }
            })}
        {if allowed {
            view! { <Outlet /> }.into_any()
        } else {
            view! {
                <PageTitle text=words::failure(&AppError::Forbidden).1 />
                <main class="page" id="main" tabindex="-1">
                    <Failure error=AppError::Forbidden />
                </main>
            }
                .into_any()
        }}
        <Toasts />
    }
}

/// Logo and name.
#[component]
pub(crate) fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href="/">
            <span class="brand__mark">
                <Icon name="list-checks" />
            </span>
            <span class="brand__name">"Rollcall"</span>
        </a>
    }
}

/// Where one is, and who one is.
#[component]
pub(crate) fn TopBar(user: UserSummary, school: Option<String>) -> impl IntoView {
    let path = use_location().pathname;
    let current =
        move |section: &'static str| path.with(|it| it.starts_with(section)).then_some("page");
    // Teachers have their rooms, and nothing else.
    let all = [
        ("/users", "users-round", tr!("users.title")),
        ("/groups", "school", tr!("groups.title")),
        ("/rooms", "door-open", tr!("rooms.title")),
    ];
    let admin = user.role == ConsoleRole::Admin;
    let sections = all.into_iter().filter(move |it| admin || is_for_teachers(it.0));
    let sections = sections.map(move |(href, icon, label)| {
        view! {
            <a class="nav__link" href=href aria-current=move || current(href)>
                <Icon name=icon />
                {label}
            </a>
        }
    });
    view! {
        <header class="topbar">
            <div class="topbar__start">
                <Brand />
                {school.map(|name| view! { <bdi class="topbar__school">{name}</bdi> })}
            </div>
            <nav class="nav" aria-label=tr!("layout.main")>
                {sections.collect_view()}
            </nav>
            <div class="topbar__end">
                <AccountMenu user />
            </div>
        </header>
    }
}

#[component]
fn AccountMenu(user: UserSummary) -> impl IntoView {
    let nickname = user.nickname.to_string();
    let live = use_context::<Live>();
    let settings = (user.role == ConsoleRole::Admin).then(|| {
        view! {
            <a class="menu__item" href="/settings">
                <Icon name="settings" />
                {tr!("layout.settings")}
            </a>
            <a class="menu__item" href="/audit">
                <Icon name="list-checks" />
                {tr!("audit.title")}
            </a>
        }
    });
    let id_and_role = format!("{}, {}", user.user_id, words::role(user.role));
    view! {
        <details class="menu menu--end" name="menu">
            <summary
                class="menu__avatar"
                aria-label=tr!("layout.account", nickname = nickname)
            >
                <Avatar user size=Size::Small />
            </summary>
            <div class="menu__list">
                <div class="menu__head">
                    <bdi class="person__name">{nickname}</bdi>
                    <bdi class="person__id">{id_and_role}</bdi>
                </div>
                <hr class="menu__line" />
                <ThemeSwitch />
                <LocaleSwitch class="menu__row" />
                <hr class="menu__line" />
                <a class="menu__item" href="/account">
                    <Icon name="user-round" />
                    {tr!("account.title")}
                </a>
                {settings}
                <form method="post" action="/sign-out" on:submit=move |_| { if let Some(live) = live { live.leave(); } }>
                    <button class="menu__item">
                        <Icon name="log-out" />
                        {tr!("layout.sign_out")}
                    </button>
                </form>
            </div>
        </details>
    }
}

/// The address of the page that is shown. Of the router's own memos each keeps the place of whatever has ever
/// followed it, of all pages that were visited: only what stays with the frame follows those.
pub(crate) fn here() -> impl Fn() -> String + Clone + Send + Sync {
    let url = use_url();
    move || {
        url.with(|it| match it.search() {
            "" => it.path().to_owned(),
            search => format!("{}?{search}", it.path()),
        })
    }
}

/// Where the preferences form leads back to.
#[component]
fn Back() -> impl IntoView {
    let here = here();
    view! { <input type="hidden" name="back" value=here.clone() prop:value=here /> }
}

/// As the system, light or dark.
#[component]
fn ThemeSwitch() -> impl IntoView {
    let chosen = browser::theme_of_document().or_else(use_context::<Theme>).unwrap_or_default();
    let item = move |theme: Theme| {
        let (icon, label) = match theme {
            Theme::System => ("sun-moon", tr!("layout.theme_system")),
            Theme::Light => ("sun", tr!("layout.theme_light")),
            Theme::Dark => ("moon", tr!("layout.theme_dark")),
        };
        view! {
            <button
                class="segmented__item"
                name="theme"
                value=theme.as_str()
                aria-pressed=if theme == chosen { "true" } else { "false" }
            >
                <Icon name=icon />
                <span class="visually-hidden">{label}</span>
            </button>
        }
    };
    view! {
        <form class="menu__row" method="post" action="/preferences">
            <Back />
            <span class="menu__label" id="theme-label">
                {tr!("layout.theme")}
            </span>
            <div class="segmented" role="group" aria-labelledby="theme-label">
                {Theme::ALL.map(item).collect_view()}
            </div>
        </form>
    }
}

/// English or Korean.
#[component]
pub(crate) fn LocaleSwitch(class: &'static str) -> impl IntoView {
    let chosen = i18n::locale();
    let item = move |locale: Locale| {
        view! {
            <button
                class="segmented__item"
                name="locale"
                value=locale.as_str()
                lang=locale.as_str()
                aria-pressed=if locale == chosen { "true" } else { "false" }
            >
                {locale.own_name()}
            </button>
        }
    };
    view! {
        <form class=class method="post" action="/preferences">
            <Back />
            <span class="menu__label" id="locale-label">
                {tr!("layout.language")}
            </span>
            <div class="segmented" role="group" aria-labelledby="locale-label">
                {Locale::ALL.map(item).collect_view()}
            </div>
        </form>
    }
}

/// What a failed action does everywhere: nobody signed in leads to the door, the rest is said.
pub(crate) fn failed(error: &AppError, toaster: super::toast::Toaster) {
    if *error == AppError::SignedOut {
        browser::load("/sign-in");
        return;
    }
    let (_, title, text) = words::failure(error);
    toaster.show(format!("{title} {text}"), None);
}
