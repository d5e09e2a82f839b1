"""A file of addresses is looked through, then taken in; broken rows are told, nobody comes back and nobody is mailed."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from nutgraf.audience import address_files, exporting, importing, queries, suppressing, tasks
from nutgraf.audience.models import AddressFile, Consent, Subscriber, Subscription
from nutgraf.audience.samples import make_list, make_subscriber
from nutgraf.mail.models import Delivery

pytestmark = pytest.mark.django_db
STATED = {"source": "Festival, June 2026, at the stand", "words": "Mail me the Harbour Briefing"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "originals": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path), "base_url": None},
        },
    }
    return tmp_path


@pytest.fixture
def briefing(db):
    return make_list()


def hand_in(content, lists, noon, **fields):
    data = content if isinstance(content, bytes) else content.encode()
    return importing.hand_in(
        name="people.csv", file=io.BytesIO(data), lists=lists, by=None, at=noon, **(STATED | fields)
    )


def import_all(content, lists, noon):
    kept = importing.look_through(hand_in(content, lists, noon))
    importing.begin(kept)
    tasks.take_in.enqueue(pk=kept.pk)
    kept.refresh_from_db()
    return kept


def read(content):
    data = content if isinstance(content, bytes) else content.encode()
    with address_files.transcoded(io.BytesIO(data)) as (file, form):
        return list(address_files.rows(file, form)), form


def reached(at):
    return [one.address for one in queries.recipients(["briefing:1"], after=0, up_to=10**9, limit=99, at=at)]


def test_whoever_agreed_elsewhere_is_on_the_list_with_what_they_agreed_to_and_nobody_is_mailed(briefing, noon):
    kept = import_all("Name,Email\nAda,ada@example.org\nBo,bo@example.org\n", [briefing], noon)

    assert (kept.state, kept.counts, kept.results["on"]) == ("DONE", {"new": 2}, 2)
    assert reached(noon) == ["ada@example.org", "bo@example.org"]
    consent = Consent.objects.first()
    assert (consent.act, consent.wording.text) == ("IMPORTED", STATED["words"])
    assert "Festival" in consent.source
    assert not Delivery.objects.exists()


def test_looking_through_changes_nothing(briefing, noon):
    kept = importing.look_through(hand_in("ada@example.org\n", [briefing], noon))

    assert (kept.state, kept.counts) == ("READY", {"new": 1})
    assert not Subscriber.objects.exists()


def test_doubles_suppressed_and_those_who_left_are_shown_and_stay_out(briefing, noon):
    suppressing.suppress(email="gone@example.org", reason="FORGOTTEN", at=noon)
    make_subscriber("left@example.org", at=noon, lists=[briefing], state=Subscription.State.OFF)
    make_subscriber("asked@example.org", at=noon, lists=[briefing], state=Subscription.State.PENDING)
    make_subscriber("there@example.org", at=noon, lists=[briefing])
    make_subscriber("known@example.org", at=noon)
    lines = "new NEW left gone asked there known".split()
    content = "\n".join(f"{one}@example.org" for one in lines) + "\nnobody\n"

    kept = import_all(content, [briefing], noon)

    kinds = ["new", "double", "left", "suppressed", "waiting", "there", "known", "broken"]
    assert kept.counts == dict.fromkeys(kinds, 1)
    assert {kind: line for kind, line, *_rest in kept.problems} == {
        "double": 2,
        "left": 3,
        "suppressed": 4,
        "waiting": 5,
        "there": 6,
        "broken": 8,
    }
    assert sorted(reached(noon)) == ["known@example.org", "new@example.org", "there@example.org"]


@pytest.mark.parametrize("field", ["source", "words", "lists"])
def test_consent_and_a_list_are_to_be_stated(briefing, noon, field):
    given = {"lists": [] if field == "lists" else [briefing]} | ({field: "  "} if field != "lists" else {})

    with pytest.raises(ValidationError) as refused:
        hand_in("ada@example.org\n", given.pop("lists"), noon, **given)

    assert list(refused.value.message_dict) == [field]
    assert not AddressFile.objects.exists()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_separator_encoding_and_end_of_line_is_read(separator, encoding, ending):
    table = [["Größe", "E-Mail", "Straße"], ["Müller", "ada@example.org", "Höfe 5"], ["Å", "bo@example.org", ""]] * 1
    content = ending.join(separator.join(row) for row in table) + ending

    rows, form = read(content.encode(encoding))

    assert [row.address for row in rows] == ["ada@example.org", "bo@example.org"]
    assert form.separator == separator
    assert [row.line for row in rows] == [2, 3]


def test_a_file_without_names_of_columns_is_read_from_its_first_row():
    rows, form = read("Ada;1;ada@example.org\nBo;2;bo@example.org")

    assert (form.column, form.has_names) == (2, False)
    assert [row.line for row in rows] == [1, 2]


def test_a_list_of_bare_addresses_is_a_table_of_one_column():
    assert [row.address for row in read("a@example.org\nb@example.org\n")[0]] == ["a@example.org", "b@example.org"]


def test_names_before_addresses_and_apostrophes_against_formulas_are_taken_off():
    rows, _form = read('email\nAda Lovelace <ada@example.org>\n\'+bo@example.org\n"Cy, Dr" <cy@example.org>\n')

    assert [row.address or row.fault for row in rows][:2] == ["ada@example.org", "+bo@example.org"]


def test_a_quotation_mark_that_nobody_closes_loses_one_row_and_not_the_rest():
    lines = [f'"Reader {number}",r{number}@example.org' for number in range(100)]
    lines[40] = '"Reader 40,r40@example.org'

    rows, _form = read("name,email\n" + "\n".join(lines))

    assert [row.line for row in rows if row.fault] == [42]
    assert len([row for row in rows if row.address]) == 99


def test_a_cell_of_several_lines_is_one_cell():
    rows, _form = read('email,note\na@example.org,"two\nlines"\nb@example.org,"a ""quote"""\n')

    assert [(row.line, row.address) for row in rows] == [(2, "a@example.org"), (4, "b@example.org")]


def test_bytes_that_are_no_letters_break_their_own_row_alone():
    many = address_files.SAMPLE_BYTES // len("a@example.org\n") + 1
    content = "größe;email\n".encode() + b";a@example.org\n" * many + b";\xff\xfe@example.org\n;b\x00c@example.org\n"

    rows, _form = read(content + b";d@example.org\n")

    assert [row.line for row in rows if row.fault] == [many + 2, many + 3]
    assert len([row for row in rows if row.address]) == many + 1


@pytest.mark.parametrize("content", [b"", b"\n\n", b"name,age\nAda,36\n", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9])
def test_what_is_no_table_of_addresses_is_refused_in_a_sentence(briefing, noon, content):
    with pytest.raises(ValidationError) as refused:
        hand_in(content, [briefing], noon)

    assert refused.value.messages[0].endswith(".")
    assert not AddressFile.objects.exists()


def test_an_import_that_dies_between_two_batches_goes_on_where_it_was(briefing, noon, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 10)
    content = "email\n" + "".join(f"r{number}@example.org\n" for number in range(95))
    kept = importing.look_through(hand_in(content, [briefing], noon))
    importing.begin(kept)

    assert importing.take_in(AddressFile.objects.get(), at=noon, most=30)
    assert Subscriber.objects.count() == 30
    while importing.take_in(AddressFile.objects.get(), at=noon, most=30):
        pass

    kept.refresh_from_db()
    assert (Subscriber.objects.count(), kept.rows_done, kept.results["on"], kept.state) == (95, 95, 95, "DONE")


def test_importing_the_same_twice_changes_nothing(briefing, noon):
    for _time in range(2):
        import_all("email\na@example.org\nb@example.org\n", [briefing], noon)

    assert Subscriber.objects.count() == 2
    assert Consent.objects.count() == 2


def test_a_cancelled_import_goes_no_further_and_its_file_is_deleted(briefing, noon, folder, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 10)
    content = "email\n" + "".join(f"r{number}@example.org\n" for number in range(95))
    kept = importing.look_through(hand_in(content, [briefing], noon))
    importing.begin(kept)
    importing.take_in(kept, at=noon, most=30)

    assert importing.cancel(kept, at=noon)

    tasks.take_in.enqueue(pk=kept.pk)
    assert Subscriber.objects.count() == 30
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_batch_that_was_begun_before_it_was_cancelled_imports_nothing(briefing, noon):
    kept = importing.look_through(hand_in("email\na@example.org\n", [briefing], noon))
    importing.begin(kept)
    with kept.file.open("rb") as file:
        batch = list(address_files.rows(file, address_files.Form(**kept.form)))
    importing.cancel(kept, at=noon)

    assert not importing._take_batch(kept, batch, [briefing], at=noon)
    assert not Subscriber.objects.exists()


def test_what_a_report_names_is_forgotten_after_a_month(briefing, noon, folder):
    kept = importing.look_through(hand_in("email\na@example.org\nnobody\n", [briefing], noon))
    assert kept.problems

    importing.tidy(at=noon + datetime.timedelta(days=31))

    kept.refresh_from_db()
    assert (kept.problems, kept.state) == ([], "CANCELLED")
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_an_export_can_be_imported(briefing, noon):
    import_all("email\na@example.org\n'=b@example.org\n", [briefing], noon)
    table = "".join(exporting.pieces())
    Subscriber.objects.all().delete()

    import_all(table, [briefing], noon)

    assert sorted(reached(noon)) == ["=b@example.org", "a@example.org"]
    assert "'=b@example.org" in table


def test_an_export_tells_the_latest_decision_and_only_the_lists_that_are_wanted(briefing, noon):
    night = make_list("Night Desk", key="briefing:2")
    import_all("email\na@example.org\n", [briefing, night], noon)

    one, two = "".join(exporting.pieces(["briefing:2"])).splitlines()

    assert one.startswith("email,list,state")
    assert two.startswith("a@example.org,briefing:2,on,every,2")
    assert "imported" in two
    assert STATED["words"] in two


@hypothesis_settings(max_examples=60)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60), max_size=30))
def test_whatever_stands_around_them_no_address_on_a_line_of_its_own_is_lost(noise):
    # A quotation mark may take the lines after it with it, up to the one that closes it.
    lines = [line.replace('"', "'").replace("\n", " ") for line in noise]
    content = "email\n" + "".join(f"{line}\nr{number}@example.org\n" for number, line in enumerate(lines))
    rows, _form = read(content + "last@example.org\n")

    found = [row.address for row in rows]
    assert [one for one in found if one in {f"r{number}@example.org" for number in range(len(lines))}] or not lines
    assert found[-1] == "last@example.org"
    assert all(f"r{number}@example.org" in found for number in range(len(lines)))
