"""The one office of the tests: as the settings files of a ledger, and as the rules see it."""

from datetime import date

from shouwen.core.office.chart import Department, Staff
from shouwen.core.office.roster import Config, Matter, Office

STAFF = """\
departments:
  审批科: {leader: zhaojun, phone: "0631-5550101", place: 一楼3号窗口}
  规划科: {leader: sunmei, phone: "0631-5550102", place: 二楼201}
  办公室: {leader: heping, phone: "0631-5550100", place: 三楼301}
staff:
  wangfang: {name: 王芳, department: 审批科, title: 科员, rank: 2, joined: 2020-07-01, phone: "0631-5550111", email: wangfang@example.org}
  zhaojun: {name: 赵军, department: 审批科, title: 科长, rank: 5, joined: 2012-03-01}
  lijie: {name: 李洁, department: 规划科, title: 科员, rank: 2, joined: 2018-09-01, phone: "0631-5550133", scale: 事业单位}
  sunmei: {name: 孙梅, department: 规划科, title: 科长, rank: 5, joined: 2010-05-01}
  heping: {name: 何平, department: 办公室, title: 主任, rank: 6, joined: 2008-01-01}
  shixi: {name: 陈实, department: 审批科, title: 实习, rank: 0, joined: 2026-03-01, evaluated: false}
"""
MATTERS = """\
施工许可证: {department: 规划科, contact: lijie, words: [施工许可], workdays: 5}
项目立项: {department: 审批科, contact: wangfang, words: [立项], workdays: 3}
"""
CONFIG = Config(name="某局", policy="bumen")
OFFICE = Office(
    config=CONFIG,
    departments={
        "审批科": Department(leader="zhaojun"),
        "规划科": Department(leader="sunmei", phone="0631-5550102", place="二楼201"),
        "办公室": Department(leader="heping"),
    },
    staff={
        "wangfang": Staff(name="王芳", department="审批科", rank=2, joined=date(2020, 7, 1)),
        "zhaojun": Staff(name="赵军", department="审批科", rank=5, joined=date(2012, 3, 1)),
        "lijie": Staff(name="李洁", department="规划科", rank=2, joined=date(2018, 9, 1), scale="事业单位"),
        "sunmei": Staff(name="孙梅", department="规划科", rank=5, joined=date(2012, 3, 1)),
        "heping": Staff(name="何平", department="办公室", rank=6),
    },
    matters={
        "施工许可证": Matter(department="规划科", contact="lijie", words=("施工许可",), workdays=5),
        "许可证延期": Matter(department="审批科", words=("许可",), workdays=3),
    },
)
