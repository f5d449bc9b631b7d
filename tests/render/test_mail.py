"""The overdue report as a message: what a parser reads back is what was meant, whatever anybody wrote."""

import email
import json
import re
import shlex
import shutil
import socketserver
import stat
import subprocess
import sys
import threading
from datetime import datetime
from email import policy
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shouwen.render.mail import address, message

LATE = "2026-12-20T09:00"
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]
NOW = datetime.fromisoformat("2026-12-20T09:00:00+08:00")
# What has opened headers, lines and encoded words before.
NASTY = ["\r\nBcc: x@evil.example", "\n\nbody", "=?utf-8?q?=0ABcc=3A_x=40evil.example?=", "\x0b", "\x85", "\u2028",
         "\x00", "\x1b[31m", "\u202e", "，", "某局", "😀", "\ud800", '"', "<", ">", ",", ";", ":", "@", "\\", "\t", "a" * 90]  # fmt: skip
texts = st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=5))).map("".join))


def parsed(raw: str):
    """The message as a mail program reads it; the raw text has been looked at first."""
    assert raw.isascii()
    assert max(map(len, raw.split("\n"))) <= 78
    assert "\r" not in raw
    mail = email.message_from_string(raw, policy=policy.default)
    assert mail.keys() == HEADERS
    assert [p.get_content_type() for p in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert [p.defects for p in mail.walk()] == [[], [], []]
    assert [mail[h].defects for h in HEADERS] == [()] * len(HEADERS)
    return mail


def body(mail, kind: str) -> str:
    """A part's text with plain line ends."""
    return mail.get_body((kind,)).get_content().replace("\r\n", "\n")


@settings(max_examples=400, deadline=None)
@given(subject=texts, text=texts, html=texts, name=texts)
@example("a\r\nBcc: x@evil.example", "", "", "=?utf-8?q?=0D=0ABcc=3A?=")
@example("=?utf-8?b?QmNjOiB4?= " * 30, ".", "From x", "张" * 60)
def test_no_text_starts_a_header(subject: str, text: str, html: str, name: str):
    """Whatever stands in names and subjects: eight headers, two parts, short ASCII lines, the texts whole."""
    try:
        sender = f"{name} <a@example.org>"
        address(sender)
    except ValueError:
        assert "<" in name or ">" in name
        sender = "a@example.org"
    mail = parsed(message(subject, sender, ["b@example.org", "李某 <c@example.org>"], text, html, NOW, text))
    assert [a.addr_spec for a in mail["From"].addresses] == ["a@example.org"]
    assert [a.addr_spec for a in mail["To"].addresses] == ["b@example.org", "c@example.org"]
    from shouwen.render.values import safe

    told = safe(subject).encode("utf-8", "backslashreplace").decode()
    assert str(mail["Subject"]).split() == told.split()
    for kind, given_text in (("plain", text), ("html", html)):
        kept = given_text.encode("utf-8", "backslashreplace").decode()
        assert body(mail, kind) == kept.replace("\r\n", "\n")


@settings(max_examples=400, deadline=None)
@given(texts)
@example("a@example.org\nBcc: b@example.org")
@example("a@example.org, b@example.org")
@example("a@example.org)b@evil.example")
@example("=?utf-8?q?x?=@example.org")
@example("-oQ/tmp@example.org")
@example("王芳 <a@example.org>")
def test_an_address_is_one_plain_address(text: str):
    """An address is taken only if it is plainly one: no list, no comment, no line, no option of sendmail."""
    try:
        _, found = address(text)
    except ValueError as error:
        assert "不是邮件地址" in str(error)
        return
    assert re.fullmatch(r"[^\s<>(),;:\\\"@\[\]-][^\s<>(),;:\\\"@\[\]]*@[A-Za-z0-9.-]+", found)
    assert len(found) <= 254


@pytest.mark.parametrize(
    "text", ["", "wangfang", "a@", "@example.org", "a..b@example.org", "a@-x.org", "张@example.org", "a@例.中国",
             "a" * 65 + "@example.org", "<a@example.org", "a@example.org\n"]
)  # fmt: skip
def test_what_is_no_address(text: str):
    """Half an address in staff.yaml is said, not sent to; blanks around a whole one do no harm."""
    if text == "a@example.org\n":
        assert address(text) == ("", "a@example.org")
        return
    with pytest.raises(ValueError, match="不是邮件地址"):
        address(text)


@pytest.fixture
def mailed(sw, inquiry, ledger: Path):
    """``mailed(*options)``: the report of one late inquiry as a message."""
    inquiry(subject="<b>施工许可</b>|办理\u202e", name="张某某")

    def made(*options: str, now: str = LATE, code: int = 0):
        return sw("wangfang", "overdue", "-f", "eml", "--to", "ke@example.org", *options, now=now, code=code)

    return made


def test_the_message_whole(mailed, ledger: Path):
    """Subject of office and counts, the table in both parts, the anchor beneath, nobody's name."""
    mail = parsed(mailed("--from", "首问台账 <shouwen@example.org>").out)
    assert mail["Subject"] == "某局超期报告：截至 2026-12-20 09:00：超期 1 件 1 项（期限由默认 1）"
    assert str(mail["From"]) == "首问台账 <shouwen@example.org>"
    assert mail["Date"].datetime == NOW
    assert mail["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<shouwen-[0-9a-f]{32}@example\.org>", mail["Message-ID"])
    text, html = body(mail, "plain"), body(mail, "html")
    assert (
        text.startswith("某局超期报告\n截至 2026-12-20 09:00：超期 1 件 1 项（期限由默认 1）\n")
        and "<b>施工许可</b>|办理\\u202e" in text
    )
    assert "&lt;b&gt;施工许可&lt;/b&gt;|办理\\u202e" in html and "<b>" not in html
    for part in (text, html):
        assert "张**" in part and "张某某" not in part and "13812341234" not in part
        assert re.search(r"台账锚：无-1-0-[0-9a-f]+（", part)


def test_a_second_run_is_recognised(mailed, sw, inquiry):
    """cron runs twice: the same report of the day bears the same Message-ID, another one another."""

    def identity(**how):
        return parsed(mailed(**how).out)["Message-ID"]

    first = identity()
    assert identity(now="2026-12-20T18:30") == first
    assert identity(now="2026-12-21T09:00") != first
    inquiry(subject="又一件", received="2026-11-23 09:00")
    assert identity() != first


def test_the_same_run_gives_the_same_bytes(mailed):
    """No random boundary: two runs at one moment agree to the byte."""
    assert mailed().out == mailed().out


def test_unreadable_records_stand_in_the_mail(mailed, inquiry, ledger: Path):
    """A record that cannot be read is in both parts, and the exit code says so."""
    bad = inquiry()
    (path,) = ledger.rglob(f"{bad}.yaml")
    path.write_text("id: [<b>\n", "utf-8")
    mail = parsed(mailed(code=5).out)
    for part in ("plain", "html"):
        assert "读不出的文件 1 个" in body(mail, part)
        assert str(path.relative_to(ledger)) + ":" in body(mail, part)


def test_quiet_if_empty(sw, ledger: Path):
    """A night without anything late sends nothing, whatever the form."""
    for form in ("table", "plain", "markdown", "html", "csv", "tsv", "json", "jsonl", "eml"):
        done = sw(
            "wangfang",
            "overdue",
            "-f",
            form,
            "--quiet-if-empty",
            *(["--to", "a@example.org"] if form == "eml" else []),
        )
        assert (done.out, done.err) == ("", "")


@pytest.mark.parametrize(
    "words, said",
    [
        (("-f", "eml"), "缺少 --to（邮件收件人）"),
        (("-f", "eml", "--to", "nobody"), "“nobody”不是邮件地址；写成 keshi@example.org，几个收件人就写几次"),
        (("-f", "eml", "--to", "a@example.org", "--from", "x\nBcc: y@example.org"), "“x\\x0aBcc: y@example.org”不是邮件地址"),
        (("-f", "eml", "--each", "holder"), "--each 要同时写 --outdir（邮件写到哪个目录）"),
        (("-f", "eml", "--to", "a@example.org", "--outdir", "x"), "--outdir 与 --each 同用（每个责任人一封）"),
        (("--to", "a@example.org"), "--to、--each、--outdir 用于邮件：同时写 --format eml"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together(words, said, sw, ledger):
    """What would silently send nothing is refused with what to write."""
    refused = sw("wangfang", "overdue", *words, code=2)
    assert refused.out == ""
    assert refused.err.replace("\n", "\\x0a").startswith(f"shouwen: {said}")


# One message each


@pytest.fixture
def office(ledger: Path, inquiry, sw) -> Path:
    """Late matters of a clerk, of a section where nobody signed, and a late 举报; who has addresses."""
    staff = ledger / "staff.yaml"
    text = staff.read_text("utf-8")
    text = text.replace("name: 孙梅,", "name: 孙梅, email: sunmei@example.org,")
    staff.write_text(text, "utf-8")
    inquiry(subject="本人的事", scope="本人")
    name = inquiry(subject="没人签收的事")
    sw("wangfang", "handoff", name, "--to", "规划科", "--mode", "引领", "--reason", "属规划科")
    inquiry(subject="举报某人受贿", category="举报")
    return ledger


def written(result) -> dict[str, email.message.EmailMessage]:
    """The messages by file name."""
    return {Path(p).name: parsed(Path(p).read_text("ascii")) for p in result.out.split()}


def test_one_message_a_person(office: Path, sw, tmp_path: Path):
    """Everybody gets what he can act on; what nobody signed for goes to the section's leader; 0600."""
    box = tmp_path / "outbox"
    done = sw("wangfang", "overdue", "-f", "eml", "--each", "holder", "--outdir", box, now=LATE)
    mails = written(done)
    assert {name: mail["To"] for name, mail in mails.items()} == {
        "20261220-sunmei.eml": "sunmei@example.org", "20261220-wangfang.eml": "wangfang@example.org",
    }  # fmt: skip
    own, leader = (body(mails[f"20261220-{who}.eml"], "plain") for who in ("wangfang", "sunmei"))
    assert "本人的事" in own and "涉密件（举报等）超期" in own and "台账锚" in own
    assert "没人签收的事" in leader and "签收" in leader and "本人的事" not in leader
    assert not any("受贿" in body(m, kind) for m in mails.values() for kind in ("plain", "html"))
    assert {stat.S_IMODE(p.stat().st_mode) for p in box.iterdir()} == {0o600}


def test_nobody_is_forgotten(office: Path, sw, tmp_path: Path):
    """Every late clock of the report is in one message and in no two."""
    staff = office / "staff.yaml"
    text = staff.read_text("utf-8")
    staff.write_text(text.replace("name: 赵军,", "name: 赵军, email: zhaojun@example.org,"), "utf-8")
    shown = json.loads(sw("wangfang", "overdue", "-f", "json", now=LATE).out)
    items = sorted(i["id"] for i in shown["items"])
    assert len(items) == 3
    for each in ("holder", "department"):
        done = sw("wangfang", "overdue", "-f", "eml", "--each", each, "--outdir", tmp_path / each, now=LATE)
        lines = [line for m in written(done).values() for line in body(m, "plain").splitlines()]
        assert sorted(line.split()[0] for line in lines if re.match(r"\d{8}-", line)) == items


def test_who_has_no_address_is_said(office: Path, sw, tmp_path: Path):
    """The others' messages are written all the same; exit code 6 names whom to ring."""
    staff = office / "staff.yaml"
    staff.write_text(staff.read_text("utf-8").replace("sunmei@example.org", "孙梅"), "utf-8")
    done = sw(
        "wangfang", "overdue", "-f", "eml", "--each", "holder", "--outdir", tmp_path / "o", code=6, now=LATE
    )
    assert list(written(done)) == ["20261220-wangfang.eml"]
    assert "有人收不到邮件（其余已写好）；请在 staff.yaml 补上 email 或部门负责人：孙梅 1 项\n" in done.err


def test_who_has_left_is_replaced(office: Path, sw, tmp_path: Path):
    """Nobody reads the mail of a clerk who has gone: it goes to the leader of the section."""
    staff = office / "staff.yaml"
    text = staff.read_text("utf-8").replace("name: 王芳,", "name: 王芳, until: 2026-12-01,")
    staff.write_text(text.replace("name: 赵军,", "name: 赵军, email: zhaojun@example.org,"), "utf-8")
    done = sw("lijie", "overdue", "-f", "eml", "--each", "holder", "--outdir", tmp_path / "o", now=LATE)
    assert sorted(written(done)) == ["20261220-sunmei.eml", "20261220-zhaojun.eml"]


def test_run_again_the_same_day(office: Path, sw, tmp_path: Path, inquiry):
    """The same report is not written twice; another one does not overwrite what may have been sent."""
    words = ("overdue", "-f", "eml", "--each", "holder", "--outdir", tmp_path / "o")
    first = sw("wangfang", *words, now=LATE)
    again = sw("wangfang", *words, now="2026-12-20T18:00")
    assert again.out == first.out
    assert again.err.count("已有，内容相同，没有重写") == 2
    inquiry(subject="又一件", scope="本人", received="2026-11-23 09:00")
    assert sorted(written(sw("wangfang", *words, now="2026-12-20T19:00"))) == [
        "20261220-sunmei-2.eml", "20261220-wangfang-2.eml",
    ]  # fmt: skip


def test_a_department_never_becomes_a_path(office: Path, sw, tmp_path: Path):
    """A department called ../x gets a file in the folder like any other."""
    staff = office / "staff.yaml"
    staff.write_text(staff.read_text("utf-8").replace("审批科", "../../审批/科"), "utf-8")
    for path in office.rglob("inquiries/**/*.yaml"):
        path.write_text(path.read_text("utf-8").replace("审批科", "../../审批/科"), "utf-8")
    text = staff.read_text("utf-8")
    staff.write_text(text.replace("name: 赵军,", "name: 赵军, email: zhaojun@example.org,"), "utf-8")
    done = sw(
        "wangfang", "overdue", "-f", "eml", "--each", "department", "--outdir", tmp_path / "o", now=LATE
    )
    assert sorted(p.name for p in (tmp_path / "o").iterdir()) == sorted(
        Path(p).name for p in done.out.split()
    )
    assert sorted(written(done)) == ["20261220-.._.._审批_科.eml", "20261220-规划科.eml"]


def test_several_ledgers(office: Path, run, tmp_path: Path):
    """Two offices in one message: which row, which unreadable file belongs to which."""
    other = tmp_path / "other"
    shutil.copytree(office, other)
    settings = other / "ledger.yaml"
    settings.write_text(settings.read_text("utf-8").replace("某局", "另局"), "utf-8")
    bad = next(other.rglob("inquiries/**/*.yaml"))
    bad.write_text("id: [\n", "utf-8")
    words = ("-L", office, "-L", other, "overdue", "-f", "eml")
    mail = parsed(run(*words, "--to", "a@example.org", "--by", "ledger", now=LATE, code=5).out)
    assert str(mail["Subject"]).startswith("某局、另局超期报告：")
    text = body(mail, "plain")
    assert "【某局】" in text and "【另局】" in text and text.count("台账锚：") == 2
    assert f"{bad}:" in "".join(line.strip() for line in text.splitlines())  # a long path goes over lines
    done = run(*words, "--each", "holder", "--outdir", tmp_path / "o", now=LATE, code=5)
    assert [m["Subject"].split("超期报告")[0] for m in written(done).values()].count("另局") >= 1
    assert len(written(done)) == len(done.out.split())
    assert f"{bad}:" in done.err


# Through real programs


class Sink(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs to hand over a message."""

    def handle(self) -> None:
        """Take messages until QUIT; keep (receivers, bytes)."""
        self.say("220 sink")
        receivers = []
        while line := self.rfile.readline().decode("ascii").strip():
            verb = line.split()[0].upper()
            if verb == "RCPT":
                receivers.append(re.search("<(.*)>", line)[1])
            if verb == "DATA":
                self.say("354 go on")
                raw = b""
                while (got := self.rfile.readline()) != b".\r\n":
                    raw += got[1:] if got.startswith(b"..") else got
                self.server.taken.append((receivers, raw))
            self.say("221 bye" if verb == "QUIT" else "250 ok")

    def say(self, text: str) -> None:
        """One reply."""
        self.wfile.write(text.encode() + b"\r\n")


@pytest.fixture
def sink():
    """A mail server on this machine that keeps what it is given in ``taken``."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        server.taken = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_through_msmtp(mailed, ledger: Path, sink, tmp_path: Path):
    """``shouwen overdue -f eml | msmtp -t -i``: what arrives is what was sent, to whom it was for."""
    if not shutil.which("msmtp"):
        pytest.skip("没有安装 msmtp")
    settings = tmp_path / "msmtprc"
    settings.write_text(
        f"account default\nhost 127.0.0.1\nport {sink.server_address[1]}\nfrom shouwen@example.org\n"
        "auth off\ntls off\nset_date_header off\nset_msgid_header off\n", "utf-8",
    )  # fmt: skip
    settings.chmod(0o600)
    raw = mailed("--to", "王芳 <wangfang@example.org>").out
    command = ["msmtp", "-C", settings, "-t", "-i"]
    done = subprocess.run(command, input=raw.encode("ascii"), capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    ((receivers, got),) = sink.taken
    assert sorted(receivers) == ["ke@example.org", "wangfang@example.org"]
    assert got == raw.replace("\n", "\r\n").encode("ascii")


def test_through_a_pipe_to_sendmail(mailed, ledger: Path, tmp_path: Path):
    """The pipe of the help page, with the program itself: sendmail gets the message whole, with -t -i."""
    fake = tmp_path / "bin" / "sendmail"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words\ncat > {tmp_path}/mail\n', "utf-8")
    fake.chmod(0o755)
    program = Path(sys.executable).parent / "shouwen"
    words = f"{program} -L {shlex.quote(str(ledger))} overdue -f eml --to ke@example.org | {fake} -t -i"
    raw = mailed().out
    subprocess.run(["sh", "-c", words], check=True, timeout=60)
    assert (tmp_path / "words").read_text() == "-t -i\n"
    assert (tmp_path / "mail").read_text("ascii") == raw


def test_other_receivers_get_another_message():
    """A mail program drops the second message of an id: the second receiver would never see the report."""

    def identity(*to: str, mark: str = "x") -> str:
        return parsed(message("超期", "a@example.org", list(to), "t", "h", NOW, mark))["Message-ID"]

    one, other, both = (
        identity("b@example.org"),
        identity("c@example.org"),
        identity("b@example.org", "c@example.org"),
    )
    assert len({one, other, both, identity("b@example.org", mark="y")}) == 4
    assert identity("b@example.org") == one
