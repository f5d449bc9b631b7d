"""What is masked stays masked, and nothing hostile gets out, in any form of any command that lists."""

import csv
import email
import io
import re
from datetime import datetime
from email import policy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwen.core.inquiry.events import Close
from shouwen.core.inquiry.header import Inquirer, Inquiry
from shouwen.core.inquiry.masking import mask_text, shown_inquirer
from shouwen.render.forms.text import FORMATS as SHEETS
from shouwen.render.table import FORMATS
from shouwen.store.ledger import Ledger

LATE = "2026-12-20T09:00"
KEY = "20261102-K7Q4QX"
# What a terminal obeys: control characters, bidi overrides, line separators.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
LISTING = (
    [("list", "--status", "all", "-f", f) for f in FORMATS]
    + [("search", "事由", "-f", f) for f in FORMATS]
    + [("overdue", "-f", f) for f in FORMATS]
    + [("overdue", "-f", "eml", "--to", "a@example.org")]
    + [("form", name, "--from", "2026-11-01", "-f", f) for name in ("台账", "汇总表") for f in SHEETS]
    + [("evaluate", "2026", "-f", f) for f in (*FORMATS, "text")]
    + [("export", "-f", f) for f in ("csv", "jsonl")]
    + [("check",), ()]
)
single = [("show", "K7Q4"), ("show", "K7Q4", "-f", "json")] + [
    ("form", name, "K7Q4", "-f", f) for name in ("回执单", "受理登记表", "部门协调工单") for f in SHEETS
]
mobiles = st.builds(
    lambda head, a, b, gap: f"{head}{gap}{a}{gap}{b}", st.sampled_from(["138", "199", "+86138", "86 155"]),
    st.from_regex("[0-9]{4}", fullmatch=True), st.from_regex("[0-9]{4}", fullmatch=True), st.sampled_from(["", " ", "-"]),
)  # fmt: skip
identities = st.from_regex("[1-9][0-9]{5}(19|20)[0-9]{9}[0-9X]|[1-9][0-9]{14}", fullmatch=True)
names = st.text("龘靐齉爩麤灪", min_size=2, max_size=4)
hostile = st.text(
    st.sampled_from(
        "=+-@＝＋－＠\t\r\n\x00\x07\x1b\x7f\x85\x9b\u061c\u200f\u2028\u202e\u2066'\"|<&>,;:\\?许可"
    )
    | st.characters(exclude_categories=["Cs"]),
    max_size=14,
)
slow = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def put(ledger):
    """``put(subject, name, phone, …)``: the ledger's only record, however it was written."""

    def putting(subject: str, name: str, phone: str, result: str = "", **more):
        for old in ledger.rglob("inquiries/**/*.yaml"):
            old.unlink()
        at = datetime.fromisoformat("2026-11-02T09:00:00+08:00")
        close = Close("a001", at.replace(hour=10), "wangfang", "已答复", result, at.replace(hour=10))
        Ledger(str(ledger)).create(Inquiry(
            id=KEY, received=at, channel="来电", category="咨询", subject="事由" + subject,
            inquirer=Inquirer(name, phone, **more), detail=subject, first_responder="wangfang",
            department="审批科", scope="本人", policy="bumen", events=(close,) if result else (),
        ))  # fmt: skip

    return putting


@slow
@given(
    name=names,
    phone=mobiles,
    other=mobiles,
    identity=identities,
    words=st.sampled_from(LISTING),
    closed=st.booleans(),
)
def test_no_masked_value_gets_out(name, phone, other, identity, words, closed, put, sw):
    """Name, own and foreign mobile number, identity number, wherever they were typed: no list has them."""
    said = f"：{name}来问，电话{phone}或{other}，身份证{identity}。"
    put(said, name, phone, said if closed else "")
    done = sw("lijie", *words, code=None, now=LATE)
    shown = done.out
    if "eml" in words:
        mail = email.message_from_string(done.out, policy=policy.default)
        assert mail.keys() == [
            "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        ]  # fmt: skip
        shown = "\n".join([*map(str, mail.values()), *(p.get_content() for p in mail.iter_parts())])
    for secret in (name, phone, other, identity):
        assert secret not in shown + done.err


@slow
@given(text=hostile, who=hostile, words=st.sampled_from(LISTING + single), closed=st.booleans())
def test_nothing_hostile_gets_out(text, who, words, closed, put, sw):
    """No control character reaches a terminal, no cell is a formula, no text is a header, in any form."""
    put(text, who, who, text if closed else "", organisation=who)
    done = sw("lijie", *words, code=None, now=LATE)
    assert done.code in (0, 1, 3)
    assert not OBEYED.search((done.out + done.err).replace("\r\n", "\n"))
    form = words[words.index("-f") + 1] if "-f" in words else ""
    if form in ("csv", "tsv"):
        table = csv.reader(io.StringIO(done.out), delimiter="," if form == "csv" else "\t")
        assert [c for row in table for c in row if re.match("[=+@＝＋＠\t\r\n－-]", c)] == []
    if form == "html":
        assert not re.search(r"<(script|img|a|b|iframe)\b", done.out)
    if form == "eml":
        mail = email.message_from_string(done.out, policy=policy.default)
        assert len(mail.keys()) == 8 and len(list(mail.iter_parts())) == 2


@pytest.mark.parametrize(
    "text, masked",
    [
        ("打138 1234 1234找他", "打138****1234找他"),
        ("打+86 138-1234-1234", "打+86 138****1234"),
        ("8613812341234", "86138****1234"),
        ("证370102900101123", "证37*************123"),
        ("证37010219900101123X", "证37*************23X"),
        ("１３８１２３４１２３４", "１３８****１２３４"),
        ("1 3 8 1 2 3 4 1 2 3 4", "1 3 8****1234"),
        ("一三八一二三四一二三四", "一三八****一二三四"),
        ("一三八一二三四一二三四一直打", "一三八****一二三四一直打"),
        ("١٣٨١٢٣٤١٢٣٤", "١٣٨****١٢٣٤"),
        ("138\u200b1234\u200b1234", "138****1234"),
        ("13812341234一直打不通", "138****1234一直打不通"),
        ("008613812341234", "0086138****1234"),
        ("13812341234 13912341234", "138****1234 139****1234"),
        ("2026-11-23 138 1234 1234", "2026-11-23 138****1234"),
        ("0631-5550123", "****-*****23"),
        ("(0631)5550123", "(****)*****23"),
        ("020-12345678转12", "***-******78转12"),
        ("电话5550123", "电话*****23"),
        ("拨打8888 6666", "拨打**** **66"),
        ("370102 1990 0101 1234", "37*************234"),
        ("卡6222021234567890123", "卡***************0123"),
        ("卡6222 0212 3456 7890 123", "卡**** **** **** ***0 123"),
        ("护照E12345678", "护照E******78"),
        ("鲁K·D12345", "鲁K*****5"),
        ("鲁 K 12345", "鲁K****5"),
        ("代理人李某某来取", "代理人李**来取"),
        ("申请人欧阳小明", "申请人欧***"),
        ("联系人：王芳", "联系人：王*"),
        ("12345元，20261123，预算5000000元", "12345元，20261123，预算5000000元"),
        (
            "2026-11-23 09:15，20261102-K7Q4QX，S20261203-9DTM2A",
            "2026-11-23 09:15，20261102-K7Q4QX，S20261203-9DTM2A",
        ),
        (
            "第一百三十八条，〔2026〕3号，新A座301，投诉人反映",
            "第一百三十八条，〔2026〕3号，新A座301，投诉人反映",
        ),
    ],
)
def test_numbers_as_people_write_them(text, masked):
    """In any script and spacing, of any kind; amounts, days, documents' and records' numbers stay."""
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "name, masked",
    [
        ("", ""),
        ("张", "*"),
        ("张某", "张*"),
        ("欧阳某某", "欧***"),
        ("欧阳", "欧*"),
        ("买买提·艾力", "买*****"),
    ],
)
def test_names_of_every_length(name, masked):
    """One letter is all of a name; a surname of two stays one."""
    assert shown_inquirer(Inquirer(name)) == (masked or "未留名")
    if len(name) > 1:  # one letter stands in too many other words
        assert mask_text(f"问{name}的事", Inquirer(name)) == f"问{masked}的事"


def test_own_name_in_the_subject():
    """A name is masked where the clerk wrote it into the subject; that of somebody else cannot be known."""
    assert mask_text("张某某问李某的事", Inquirer("张某某", "5550601")) == "张**问李某的事"
    assert mask_text("张 某 某来问", Inquirer("张某某")) == "张**来问"
    assert mask_text("555 0601找他", Inquirer("张某某", "5550601")) == "*** **01找他"
    assert mask_text("回电5550601", Inquirer("张某某", "5550601")) == "回电*****01"


@pytest.mark.parametrize("words", [w for w in LISTING if w[:1] != ("evaluate",)], ids=" ".join)
def test_a_name_corrected_away_stays_masked(words, sw, inquiry):
    """Misheard and put right: the subject still has the name as it was first written down."""
    name = inquiry(subject="龘靐某、龘靐问许可", name="龘靐", phone="5550601")
    sw("wangfang", "correct", name, "--field", "inquirer.name", "--value", "龘靐某", "--reason", "听错")
    text = sw("wangfang", *words, now=LATE, code=None).out.replace("\\*", "*")
    assert "龘靐" not in text and ("龘**" in text or "许可" not in text)


def test_an_earlier_inquiry_is_told_masked(sw, inquiry):
    """The note on intake about an open one of the same person is a second record shown."""
    inquiry(subject="张某某说打13912345678", name="张某某")
    told = sw("wangfang", "intake", "--channel", "来电", "--category", "咨询", "--subject", "再问", "--scope", "本人",
              "--name", "张某某", "--phone", "13812341234").err  # fmt: skip
    assert "（张**说打139****5678）" in told


@pytest.mark.parametrize("words", [("list",), ("search", "事由"), ("form", "台账", "--from", "2026-11-01")])
def test_reveal_only_to_a_screen_or_a_private_file(words, put, sw, tmp_path):
    """A pipe may go anywhere, so names do not go there: exit code 2, nothing printed."""
    put("", "张某某", "13812341234")
    refused = sw("lijie", *words, "--reveal", code=2)
    assert refused.out == ""
    assert "--reveal 只用于终端" in refused.err
    if words[0] == "form":
        path = tmp_path / "t.html"
        sw("lijie", *words, "--reveal", "-f", "html", "-o", path)
        assert "张某某" in path.read_text("utf-8")
        assert path.stat().st_mode & 0o777 == 0o600
