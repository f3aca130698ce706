"""Mail: after the commit, in the reader's language, by the provider that a setting names."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.module_loading import import_string

from lookus.mail_providers import PROVIDERS, anymail_settings
from tenants.mail import mail_send
from tenants.models import Invitation, Mall

pytestmark = pytest.mark.django_db(transaction=True)


def send(subject: str = "Hello", who: str = "owner@maru.example", language: str = "en") -> None:
    invitation = Invitation(mall=Mall(name="Maru & <b>Co</b>"), role="viewer", by_email=who)
    mail_send(
        to="new@team.example",
        subject=subject,
        template="mail/invitation",
        context={"invitation": invitation, "url": "https://l.example/x?a=1&b=2", "days": 7},
        language=language,
    )


def test_it_goes_out_after_the_commit_and_not_without_one(mailoutbox):
    with transaction.atomic():
        send()
        assert mailoutbox == []
    assert len(mailoutbox) == 1
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert len(mailoutbox) == 1


def test_the_page_escapes_what_people_named_and_the_text_does_not(mailoutbox):
    send()
    (mail,) = mailoutbox
    html = str(mail.alternatives[0][0])
    assert "Maru & <b>Co</b>" in mail.body and "https://l.example/x?a=1&b=2" in mail.body
    assert "<b>Co</b>" not in html and 'href="https://l.example/x?a=1&amp;b=2"' in html


def test_no_name_writes_a_header(mailoutbox):
    send(subject="Hello\nBcc: everybody@example.com")
    assert mailoutbox[0].subject == "Hello Bcc: everybody@example.com"
    assert mailoutbox[0].recipients() == ["new@team.example"]


def test_both_languages(mailoutbox):
    send(language="ko")
    assert "초대했어요" in mailoutbox[0].body and "invites" not in mailoutbox[0].body


def test_a_server_that_is_away_is_raised_or_after_a_commit_only_logged(settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(ConnectionRefusedError):
        send()
    with transaction.atomic():
        send()
    assert "Error calling" in caplog.text


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_provider_is_there_and_says_what_it_lacks(name, monkeypatch):
    import_string(PROVIDERS[name].backend)
    needed = set(PROVIDERS[name].needs.values())
    for variable in needed:
        monkeypatch.delenv(variable, raising=False)
    if needed:
        with pytest.raises(ImproperlyConfigured, match="EMAIL_API_KEY"):
            anymail_settings(name)
    for variable in needed:
        monkeypatch.setenv(variable, f"the {variable}")
    told = anymail_settings(name)
    assert told == {setting: f"the {given}" for setting, given in PROVIDERS[name].needs.items()}
