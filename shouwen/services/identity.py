"""Whether each act was committed, and signed, by who it says did it (``check --who``)."""

from collections.abc import Iterator

from shouwen.core.accountability.case import Case
from shouwen.core.errors import Problem
from shouwen.core.inquiry.events import act_of
from shouwen.core.office.roster import Office
from shouwen.services.desk import Desk
from shouwen.store.git import changed, shallow
from shouwen.store.ids import ARCHIVE, LIVE, SANCTIONS
from shouwen.store.provenance import Brought, Commit, brought_in
from shouwen.store.record import Record

GOOD = "G"
HINT = "核实是谁办的；几个人共用的窗口在 ledger.yaml 的 git.counters 里写明"


def identity_problems(desk: Desk) -> Iterator[Problem]:
    """Yield every act whose commit is not by the one it names, or, where commits are signed, not signed so.

    Acts that are not committed yet are passed over: sync commits them under their own name.

    Raises:
        GitError: the ledger has no history, or git failed.
        NotStarted: the system could not start git.
    """
    ledger = desk.ledger
    office, settings = ledger.office, ledger.config.git
    signers = signers_of(office) if settings.signed else None
    brought, fresh = brought_in(ledger.root, signers), set(changed(ledger.root))
    partial = shallow(ledger.root)
    if partial:
        text = "这是浅克隆，看不到更早的提交：那以前的各笔是谁记的没有核对"
        yield Problem(".git", 0, "who", text, "先 git fetch --unshallow，再 shouwen check --who")
    for record in ledger.records(LIVE, ARCHIVE, SANCTIONS):
        if not isinstance(record, list):
            yield from _record(office, record, brought, partial or record.path in fresh, settings.signed)


def signers_of(office: Office) -> dict[str, tuple[str, ...]]:
    """Return who may sign, with which SSH public keys: staff by id, counters by address."""
    found = {key: keys for key, _ in office.people() if (keys := office.keys(key))}
    return found | {c.email: c.keys for c in office.config.git.counters if c.keys}


def _record(
    office: Office, record: Record, brought: Brought, fresh: bool, signed: bool
) -> Iterator[Problem]:  # fmt: skip
    content = record.content
    if isinstance(content, Case):
        acts = [("by", content.by, "立案")]
    else:
        key = "recorded_by" if content.recorded_by else "first_responder"
        acts = [(key, getattr(content, key), "受理")]
    acts += [(e.id, e.by, act_of(type(e))) for e in content.events]
    for place, by, act in acts:
        if not by:
            continue
        commit = brought.get((content.id, place, by))
        if not commit:
            if not fresh:
                text = f"{act}：看不出是哪个提交带进来的（历史不全，或这一行不是程序的写法）"
                yield Problem(
                    record.path, record.line(place), "who", text, "取回完整的历史，或运行 shouwen fmt"
                )
            continue
        if why := doubt(office, commit, by, signed):
            text = f"{act}记的是{office.plain_name(by)}（{by}），{why}（提交 {commit.name[:8]}）"
            yield Problem(record.path, record.line(place), "who", text, HINT)


def doubt(office: Office, commit: Commit, by: str, signed: bool) -> str:
    """Return why a commit does not stand for somebody's act, in words; '' if it does."""
    author = _people(office, commit.author_name, commit.author_email)
    if by not in author:
        return f"提交的作者是 {commit.author_name} <{commit.author_email}>"
    if not _people(office, commit.committer_name, commit.committer_email):
        return f"提交人 {commit.committer_name} <{commit.committer_email}> 不在名册"
    if not signed:
        return ""
    if commit.verdict != GOOD:
        return "提交没有签名" if commit.verdict == "N" else "提交的签名核对不上名册里的公钥"
    signer = {commit.signer} | {
        s for c in office.config.git.counters if c.email == commit.signer for s in c.staff
    }
    return "" if by in signer else f"签名是{office.name(commit.signer)}的"


def _people(office: Office, name: str, address: str) -> set[str]:
    """Return the staff ids that a name and address in git may mean; those of a counter are several."""
    at_counter = {s for c in office.config.git.counters if c.email == address for s in c.staff}
    by_address = {key for key, _ in office.people() if address and office.email(key) == address}
    if at_counter or by_address:
        return at_counter | by_address
    return {key for key, called in office.people() if name in (key, called) and not office.email(key)}
