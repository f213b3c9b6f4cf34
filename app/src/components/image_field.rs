//! The profile image field: drop, choose or paste a picture, see it as it will look, replace or
//! remove it before saving. Without a script it is a plain file field.

use std::{ops::Deref, rc::Rc};

use domain::{Problem, image::ImageName};
use gloo_events::EventListener;
use leptos::{
    ev::{DragEvent, Event},
    html,
    prelude::*,
    task::spawn_local,
};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, FileList, FormData};

use super::{
    avatar::{Picture as Shown, Size},
    field::{FieldError, Wrong},
    icon::Icon,
};
use crate::{
    browser::image::{Picture, look_at},
    i18n::{number, tr},
    words,
};

/// The formats that are taken, as the file picker wants to hear it.
const ACCEPT: &str = "image/png,image/jpeg,image/webp,image/gif";

/// What is to become of a user's profile image.
#[derive(Clone, Copy)]
pub(crate) struct ImageChoice {
    /// The image the user has now.
    present: RwSignal<Option<ImageName>>,
    /// The picture that was chosen instead. Lives in the browser alone.
    picked: RwSignal<Option<SendWrapper<Rc<Picture>>>>,
    /// Why the last chosen file was refused.
    pub(crate) problem: RwSignal<Option<Problem>>,
    /// Whether the present image is to go.
    remove: RwSignal<bool>,
    /// How often something was chosen or taken away: a large picture is still being looked at when
    /// the next has been, and must not take its place.
    turn: RwSignal<u32>,
}

impl ImageChoice {
    /// Leaves the image as it is.
    pub(crate) fn new(present: Option<ImageName>) -> Self {
        Self {
            present: RwSignal::new(present),
            picked: RwSignal::new(None),
            problem: RwSignal::new(None),
            remove: RwSignal::new(false),
            turn: RwSignal::new(0),
        }
    }

    /// The address of the image as it will be, if there will be one that can be shown.
    pub(crate) fn address(self) -> Option<String> {
        if let Some(picked) = self.picked.get() {
            return picked.seen.as_ref().map(|it| it.preview.deref().to_owned());
        }
        let present = self.present.get().filter(|_| !self.remove.get())?;
        Some(format!("/images/512/{present}"))
    }

    /// Whether there will be an image at all.
    pub(crate) fn is_set(self) -> bool {
        self.picked.with(Option::is_some)
            || (self.present.with(Option::is_some) && !self.remove.get())
    }

    /// Puts the shrunk picture in the place of the chosen file in what is sent.
    pub(crate) fn amend(self, data: &FormData) {
        if let Some(picked) = self.picked.get_untracked() {
            // Fails for no blob; then the file itself is sent.
            let _ = data.set_with_blob_and_filename("image", picked.blob.as_ref(), "image");
        } else {
            data.delete("image");
        }
    }

    fn pick(self, files: Option<FileList>) {
        let Some(file) = files.and_then(|it| it.get(0)) else { return };
        let turn = self.next_turn();
        spawn_local(async move {
            let looked_at = look_at(file.into()).await;
            if self.turn.try_get_untracked() != Some(turn) {
                return;
            }
            match looked_at {
                Ok(picture) => {
                    self.problem.try_set(None);
                    self.picked.try_set(Some(SendWrapper::new(Rc::new(picture))));
                }
                Err(problem) => {
                    self.problem.try_set(Some(Problem::Image(problem)));
                }
            }
        });
    }

    fn next_turn(self) -> u32 {
        self.turn.update_untracked(|it| *it += 1);
        self.turn.get_untracked()
    }

    fn remove(self) {
        self.next_turn();
        self.problem.set(None);
        self.picked.set(None);
        self.remove.set(true);
    }
}

/// The field.
#[component]
pub(crate) fn ImageField(
    /// What is to become of the image.
    choice: ImageChoice,
    /// What is wrong with it.
    wrong: Wrong,
    /// How much has been sent, while the form is under way.
    progress: RwSignal<Option<f64>>,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    paste_anywhere(choice);
    // A file may have been chosen before the page came to life.
    Effect::new(move |_| choice.pick(input.get().and_then(|it| it.files())));
    let on_change = move |event: Event| {
        let input = event.target().and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok());
        choice.pick(input.and_then(|it| it.files()));
    };
    let on_drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        choice.pick(event.data_transfer().and_then(|it| it.files()));
    };
    let clear = move |_| {
        choice.remove();
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
    };
    let sending = move || progress.with(Option::is_some) && choice.picked.with(Option::is_some);
    view! {
        <div class="field" class:field--invalid=move || wrong.with(Option::is_some)>
            <label class="field__label" for="image">
                {tr!("user.image")}
                " "
                <span class="field__optional">{tr!("field.optional")}</span>
            </label>
            <div
                class="upload"
                class:upload--over=move || over.get()
                class:upload--filled=move || choice.is_set()
                on:dragover=move |event| {
                    event.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=on_drop
            >
                <input
                    class="upload__input"
                    type="file"
                    id="image"
                    name="image"
                    accept=ACCEPT
                    node_ref=input
                    aria-describedby="image-hint"
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    on:change=on_change
                />
                <input
                    type="hidden"
                    name="remove_image"
                    value="yes"
                    disabled=move || !choice.remove.get() || choice.picked.with(Option::is_some)
                />
                {move || {
                    if choice.is_set() {
                        view! { <Filled choice sending=sending() progress on_clear=Callback::new(clear) /> }
                            .into_any()
                    } else {
                        view! { <Drop over /> }.into_any()
                    }
                }}
            </div>
            <FieldError id="image" wrong=Some(wrong) />
            <p class="field__hint" id="image-hint">
                {tr!("user.image_hint")}
            </p>
        </div>
    }
}

/// Takes a picture that is pasted anywhere on the page, as long as the field is there.
fn paste_anywhere(choice: ImageChoice) {
    Effect::new(move |_| {
        let listener = EventListener::new(&document(), "paste", move |event| {
            let files = event
                .dyn_ref::<ClipboardEvent>()
                .and_then(ClipboardEvent::clipboard_data)
                .and_then(|it| it.files());
            choice.pick(files);
        });
        let listener = SendWrapper::new(listener);
        on_cleanup(move || drop(listener));
    });
}

#[component]
fn Drop(over: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="upload__drop" for="image">
            <span class="avatar avatar--72 avatar--none" aria-hidden="true">
                <Icon name="image" />
            </span>
            <span class="upload__text">
                <span class="upload__name">
                    {move || {
                        if over.get() {
                            tr!("image.let_go").into_any()
                        } else {
                            view! {
                                {tr!("image.drop")}
                                " "
                                <u>{tr!("image.choose")}</u>
                            }
                                .into_any()
                        }
                    }}
                </span>
                <span class="upload__note">{tr!("image.none")}</span>
            </span>
        </label>
    }
}

#[component]
fn Filled(
    choice: ImageChoice,
    sending: bool,
    progress: RwSignal<Option<f64>>,
    on_clear: Callback<web_sys::MouseEvent>,
) -> impl IntoView {
    let picture = choice.address().map(|src| view! { <Shown src size=Size::Large /> });
    let name = match choice.picked.get_untracked() {
        None => view! { <p class="upload__name">{tr!("image.present")}</p> }.into_any(),
        Some(picked) => view! {
            <p class="upload__name">
                <bdi>{picked.name.clone()}</bdi>
                " "
                <span class="upload__size">{words::megabytes(picked.bytes)}</span>
            </p>
            <p class="upload__note">{seen(&picked)}</p>
        }
        .into_any(),
    };
    view! {
        {picture}
        <div class="upload__text" role="status">
            {name}
            {sending.then(|| view! { <Sending progress /> })}
        </div>
        <div class="upload__actions" hidden=sending>
            <label class="button button--small" for="image">
                {tr!("image.replace")}
            </label>
            <button
                class="button button--quiet button--small"
                type="button"
                on:click=move |event| on_clear.run(event)
            >
                {tr!("image.remove")}
            </button>
        </div>
    }
}

/// What the browser saw of the picture.
fn seen(picture: &Picture) -> String {
    match &picture.seen {
        Some(seen) => tr!(
            "image.seen",
            width = number(seen.width.into()),
            height = number(seen.height.into())
        ),
        None => tr!("image.unseen"),
    }
}

#[component]
fn Sending(progress: RwSignal<Option<f64>>) -> impl IntoView {
    let percent = move || format!("{:.0}", progress.get().unwrap_or(1.0) * 100.0);
    view! {
        <label class="upload__note" for="sent">
            {move || tr!("image.sending", percent = percent())}
        </label>
        <progress class="progress" id="sent" max="100" value=percent prop:value=percent></progress>
    }
}
