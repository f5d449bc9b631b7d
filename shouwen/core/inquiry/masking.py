"""Masking of people in what they, and those who wrote for them, have said.

Numbers are found by ``number_masking``, names that the sentence tells by ``name_masking``, addresses and accounts
by ``address_masking``; here stand those whom the record itself names.
"""

import re

from shouwen.core.inquiry.address_masking import mask_addresses, mask_owned
from shouwen.core.inquiry.header import Agent, Inquirer, Inquiry, Person
from shouwen.core.inquiry.name_masking import mask_name, mask_names
from shouwen.core.inquiry.number_masking import mask_numbers

_PHONE = r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)"


def mask_phone(phone: str) -> str:
    """Mask 13812341234 as 138****1234; other numbers keep their last two digits."""
    if re.fullmatch(_PHONE, phone):
        return re.sub(_PHONE, r"\1****\2", phone)
    digits = sum(c.isdigit() for c in phone)
    seen = 0
    out = []
    for c in phone:
        if c.isdigit():
            seen += 1
            out.append(c if seen > digits - 2 else "*")
        else:
            out.append(c)
    return "".join(out)


def mask_text(text: str, *people: Person) -> str:
    """Mask in free text the numbers that tell who somebody is, and these people's names and phones.

    Of an inquiry whose inquirer was corrected, those written down before too; and of whoever is
    named by the part he plays (代理人李某某).
    """
    for name in sorted(
        {p.name for p in people if len(p.name) > 1}, key=len, reverse=True
    ):  # 张某某 before 张某
        spaced = r"\s*".join(map(re.escape, name))  # 张 某某, as forms have it
        masked = mask_name(name).replace("\\", r"\\")
        text = re.sub(spaced, masked, text)
    phones = {p.phone for p in people if p.phone}
    for phone in sorted(phones, key=len, reverse=True):
        text = text.replace(phone, mask_phone(phone))
    return mask_owned(mask_numbers(mask_names(mask_addresses(text)), phones))


NAMELESS = ("匿名", "未留名")  # in the place of a name that was not left


def shown_inquirer(person: Inquirer, reveal: bool = False) -> str:
    """Return the inquirer as lists show them: masked unless ``reveal``."""
    if person.anonymous:
        return "匿名"
    name = person.name if reveal else mask_name(person.name)
    return name or person.organisation or "未留名"


def shown_agent(agent: Agent | None, reveal: bool = False) -> str:
    """Return who came for the inquirer, with the relation: 李*（女儿）; '' for nobody. Masked unless ``reveal``."""
    if not agent:
        return ""
    name = (agent.name if reveal else mask_name(agent.name)) or "未留名"
    return f"{name}（{agent.relation}）" if agent.relation else name


def shown_asker(inquiry: Inquiry, reveal: bool = False) -> str:
    """Return the inquirer with whoever came for him, as registers have it in one cell."""
    came = shown_agent(inquiry.agent, reveal)
    who = shown_inquirer(inquiry.inquirer, reveal)
    return f"{who}，代理人{came}" if came else who
