"""``private/`` and git: whether git has, or would take with the next commit, what is to stay here."""

from collections.abc import Iterator

from shouwen.core.errors import Problem
from shouwen.store.git import NO_REPOSITORY, GitError, call, in_repository, resolve
from shouwen.store.private_parts import FOLDER

_MEND = "先 git rm --cached -r private，再 shouwen git setup（补全 .gitignore）"


def exposed(root: str) -> Iterator[Problem]:
    """Yield each way in which git would carry ``private/`` away, or that it would not say; nothing outside git."""
    if not in_repository(root):
        return
    try:
        yield from _exposed(root)
    except GitError as error:
        yield unanswered(error)


def unanswered(error: GitError) -> Problem:
    """Report that git did not answer: then nobody knows what it would take, or how it would merge."""
    unknown = "保密内容会不会被收走、合并会不会两边都留，都没有查成"
    if NO_REPOSITORY in str(error):
        hint = "建到一半的，再运行 shouwen git setup；原有历史的，从备份或别的克隆取回"
        return Problem(".git", 0, "git", f"不是完整的 git 仓库，{unknown}", hint)
    return Problem(".git", 0, "git", f"git 没有回答（{error}），{unknown}", "排除后再 shouwen check")


def _exposed(root: str) -> Iterator[Problem]:
    tracked = call(root, "ls-files", "-z", "--", FOLDER).decode("utf-8", "replace")
    if tracked:
        text = f"有 {len(tracked.split(chr(0))) - 1} 个文件被 git 跟踪，会随提交推送出去"
        yield Problem(FOLDER, 0, "private", text, _MEND)
    if not _ignored(root):
        text = "没有忽略 /private/，git add 会把保密内容收进去"
        yield Problem(".gitignore", 0, "private", text, "运行 shouwen git setup 补上这一行")


def _ignored(root: str) -> bool:
    """Return whether git would pass over a new file in ``private/``. GitError if it does not say."""
    words = ("check-ignore", "-q", "--no-index", "--", f"{FOLDER}/x.yaml")
    try:
        call(root, *words, options=("--no-literal-pathspecs",))  # the command takes no other
    except GitError as error:
        if error.says_no and NO_REPOSITORY not in str(error):
            return False
        raise
    return True


def committed(root: str, since: str) -> Iterator[Problem]:
    """Yield the latest commit since a revision ("all": ever) that put something into ``private/``.

    Raises:
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    base = [] if since == "all" else [f"^{found}"] if (found := resolve(root, since)) else []
    if not resolve(root, "HEAD"):
        return
    words = ("log", "-n1", "--diff-filter=AMR", "--format=%h", "HEAD", *base, "--", FOLDER)
    if commit := call(root, *words).decode().strip():
        text = f"提交 {commit} 收进了 private/，推送出去就收不回来"
        hint = "还没有推送的：git reset --soft 到那次提交以前，git rm --cached -r private，再提交"
        yield Problem(FOLDER, 0, "private", text, hint)
