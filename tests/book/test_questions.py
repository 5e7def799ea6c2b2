"""Questions for marking: each answer recomputed from the sheet alone, without the book's functions; sheets differ, and the seed gives them back."""
from __future__ import annotations

import csv
import re
from collections.abc import Callable
from itertools import pairwise, product
from math import exp, isfinite, lgamma, log
from pathlib import Path

import pandas as pd
import pytest
from scipy.stats import chi2

from book._make import questions
from book._make.marking import MAKERS, Maker, Question, Student
from book._make.marking.towns import CENSUSES, census, towns
from tests.conftest import SITE

CLASS = 30
Values = list[float | str]
each_maker = pytest.mark.parametrize("maker", MAKERS, ids=lambda m: f"{m.chapter[:2]}-{m.name}")


def rows(question: Question) -> list[list]:
    return question.given.to_numpy().tolist()


def named(question: Question) -> dict[str, list]:
    return {row[0]: row[1:] for row in rows(question)}


# ---- each kind of question, solved with a pencil's means from what stands on the sheet
def two_lists(q: Question) -> Values:
    a = {town for town, people, _ in rows(q) if people >= 5_000}
    b = {town for town, _, kind in rows(q) if kind in ("dense town", "semi-dense town")}
    return [len(a), len(b), len(a & b) / len(a | b)]


def skilled_for_one_worker(q: Question) -> Values:
    (_, m1, i1, w1), (_, m2, i2, w2) = rows(q)
    first, last = (float(x) for x in re.findall(r"\d\.\d{3}", q.text))
    here = (m2 + i2) / w2 / ((m1 + i1) / w1)
    return [(m1 + i1) / w1, (m2 + i2) / w2, here, "yes" if here > last / first else "no"]


def index_and_states(q: Question) -> Values:
    found = [workers / work / france for _, workers, work, france in rows(q)]
    word = "".join("LBAH"[(x >= 0.8) + (x >= 1) + (x >= 1.25)] for x in found)
    return [found[0], found[-1], word, rows(q)[-1][1] / rows(q)[-1][2] / rows(q)[0][3]]


def distance_of_two(q: Question) -> Values:
    one, other = (row[1] for row in rows(q))
    line = list(range(6))
    for n, a in enumerate(one, 1):
        new = [n]
        for m, b in enumerate(other, 1):
            new.append(min(new[-1] + 1, line[m] + 1, line[m - 1] + 2 * (a != b)))
        line = new
    return [line[-1], 2 * sum(a != b for a, b in zip(one, other, strict=True))]


def change_taken_apart(q: Question) -> Values:
    given = list(named(q).values())
    all_, growth = sum(g[0] for g in given), sum(g[3] for g in given) / sum(g[2] for g in given) - 1
    change, national = sum(g[1] for g in given) - all_, all_ * growth
    structural = sum(g[0] * (g[3] / g[2] - 1 - growth) for g in given)
    return [change, national, structural, change - national - structural]


def turn_of_trend(q: Question) -> Values:
    a, b, c = (row[1] for row in rows(q))
    say = {1: "growth", -1: "loss", 0: "no change"}
    first, second = 100 * ((b / a) ** (1 / 7) - 1), 100 * ((c / b) ** (1 / 5) - 1)
    return [first, second, f"{say[(b > a) - (b < a)]}, then {say[(c > b) - (c < b)]}", "that of 2006"]


def search_for_land(q: Question) -> Values:
    bound = float(re.search(r"under ([\d,]+(?:\.\d+)?) people per", q.text)[1].replace(",", ""))
    met = [(people < 1000, density < bound, km <= 5) for _, people, density, km in rows(q)]
    both = sum(a and c for a, _, c in met)
    return [sum(map(all, met)), sum(not b for _, b, _ in met), both - sum(map(all, met))]


def two_coders(q: Question) -> Values:
    pairs = [(row[3], row[4]) for row in rows(q)]
    same = sum(a == b for a, b in pairs)
    chance = sum(sum(a == k for a, _ in pairs) * sum(b == k for _, b in pairs) for k in {a for a, _ in pairs}) / 81
    return [same, (same / 9 - chance) / (1 - chance), 100 * same / 9]


def who_lives_there(q: Question) -> Values:
    given = named(q)
    ratio = [(given["managers"][n] + given["intermediate"][n]) / given["workers"][n] for n in range(4)]
    first, last = ratio[0] / ratio[2], ratio[1] / ratio[3]
    return [first, last, "yes" if abs(last - 1) < abs(first - 1) else "no"]


def spread_of_two_groups(q: Question) -> Values:
    w, m, a = (sum(row[n] for row in rows(q)) for n in (1, 2, 3))
    apart = sum(abs(row[1] / w - row[2] / m) for row in rows(q)) / 2
    return [apart, sum(row[1] / w * row[1] / row[3] for row in rows(q)), w / a]


def steps_before_trends(q: Question) -> Values:
    areas = [row[1] for row in rows(q)]
    moves = [(a, round(b - a, 6)) for a, b in pairwise(areas)]
    large = [move for before, move in moves if abs(move) / before > 0.1 and abs(move) >= 1]
    change, up, down = areas[-1] - areas[0], sum(m for m in large if m > 0), sum(m for m in large if m < 0)
    return [len(large), change, up, down, change - up - down]


def exact_pairs(q: Question) -> Values:
    change = [round(last - first, 2) for _, first, last in rows(q)]
    sums = [abs(round(sum(s * c for s, c in zip(signs, change, strict=True)), 6)) for signs in product((1, -1), repeat=6)]
    far = sum(one >= abs(round(sum(change), 6)) for one in sums)
    return [sum(change) / 6, 64, far, far / 64]


def tail_of_poisson(count: int, mean: float) -> float:
    """Chance of so many or fewer."""
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(count + 1))


def quotient_of_a_zone(q: Question) -> Values:
    (_, places, people), (_, all_places, all_people) = rows(q)
    expected = people * all_places / all_people
    low = chi2.ppf(0.025, 2 * places) / 2 if places else 0
    high = chi2.ppf(0.975, 2 * places + 2) / 2
    down, up = tail_of_poisson(places, expected), 1 - (tail_of_poisson(places - 1, expected) if places else 0)
    return [expected, places / expected, low / expected, high / expected, "above" if up < 0.025 else "below" if down < 0.025 else "inside"]


def add_up_first(q: Question) -> Values:
    rate = float(re.search(r"(\d\.\d{3}) third places", q.text)[1]) / 1e5
    return [sum(row[1] for row in rows(q)) / sum(row[2] for row in rows(q)) / rate, sum(row[1] / row[2] for row in rows(q)) / 4 / rate,
            "the first counts people, the second counts zones"]


def unknown_in_a_score(q: Question) -> Values:
    whole = sum(row[1] for row in rows(q))
    low = sum(row[1] * float(row[2]) for row in rows(q) if row[2] != "unknown") / whole
    empty = sum(row[1] for row in rows(q) if row[2] == "unknown") / whole
    return [low, low + 3 * empty, 100 * (1 - empty)]


def loop_against_growth(q: Question) -> Values:
    rate, life, part = (float(x) for x in re.search(r"by ([\d.]+) % a year, .* for (\d+) years, and (\d+)%", q.text).groups())
    back, flow = part / 100 * (1 + rate / 100) ** -life, (1 + rate / 100) ** 50
    return [100 * (1 - back), flow, flow * (1 - back)]


def beside_its_class(q: Question) -> Values:
    gaps = [round(own - middle, 2) for _, own, middle in rows(q)]
    where = {(gap > 0) - (gap < 0) for gap in gaps}
    return [gaps[0], gaps[-1], {1: "above", -1: "below", 0: "at"}[where.pop()] if len(where) == 1 else "not always the same"]


@each_maker
def test_answers_follow_from_the_sheet(maker: Maker) -> None:
    by_hand: Callable[[Question], Values] = globals()[maker.name]
    for number in range(CLASS):
        question = maker.ask(Student(number, seed=3))
        for answer, found in zip(question.answers, by_hand(question), strict=True):
            if isinstance(answer.value, str):
                assert answer.value == found, f"{question.title}: {answer.what}"
            else:
                digits = int(re.search(r"\.(\d)f", answer.form)[1]) if "." in answer.form else 0
                slack = 0.0101 if maker.name == "add_up_first" else 1e-6        # there the sheet gives a rounded rate
                assert answer.value == pytest.approx(found, abs=max(slack, 1e-6 * 10**-digits)), f"{question.title}: {answer.what}"


@each_maker
def test_every_place_has_the_figures_that_its_question_needs(maker: Maker) -> None:
    for number in range(CLASS):
        question = maker.ask(Student(number))
        assert question.chapter == maker.chapter and question.places and question.source
        assert question.given is None or not question.given.isna().to_numpy().any()
        assert all(isinstance(one.value, str) or isfinite(one.value) for one in question.answers)
        assert all(one.text.strip() for one in question.answers)


def test_every_town_that_can_be_drawn_is_whole() -> None:
    assert len(towns()) > 1000
    counts = census().loc[pd.MultiIndex.from_product([towns().index, CENSUSES])]
    assert counts.notna().to_numpy().all() and (counts[["workers", "managers", "intermediate"]] > 0).to_numpy().all()
    assert towns()["name"].is_unique


@each_maker
def test_students_get_other_places(maker: Maker) -> None:
    places = [maker.ask(Student(number, seed=1)).places for number in range(CLASS)]
    assert len(set(places)) == CLASS


def test_the_seed_gives_the_sheets_back(tmp_path: Path) -> None:
    first, again, other = (tmp_path / name for name in ("a", "b", "c"))
    for out, seed in ((first, 5), (again, 5), (other, 6)):
        questions.write(3, seed, ["01", "08"], out)
    texts = [{path.name: path.read_text("utf-8") for path in out.iterdir()} for out in (first, again, other)]
    assert texts[0] == texts[1] and texts[0]["sheet-01.md"] != texts[2]["sheet-01.md"]
    assert set(texts[0]) == {"answers.csv", "answers.html", "sheets.html", *(f"sheet-0{n}.{kind}" for n in (1, 2, 3) for kind in ("md", "html"))}
    assert len({texts[0][f"sheet-0{n}.md"] for n in (1, 2, 3)}) == 3


def test_a_larger_class_keeps_the_sheets_of_a_smaller_one(tmp_path: Path) -> None:
    small, large = (tmp_path / name for name in ("a", "b"))
    questions.write(2, 0, ["02"], small)
    questions.write(5, 0, ["02"], large)
    assert (small / "sheet-02.md").read_text("utf-8") == (large / "sheet-02.md").read_text("utf-8")


def test_answers_stand_in_the_answers_and_not_on_the_sheets(tmp_path: Path) -> None:
    questions.write(2, 0, ["03"], tmp_path / "out")
    with (tmp_path / "out" / "answers.csv").open(encoding="utf-8") as lines:
        found = list(csv.DictReader(lines))
    asked = questions.questions_for(Student(1), ["03"])
    mine = [row["answer"] for row in found if row["sheet"] == "2"]
    assert mine == [answer.text for one in asked for answer in one.answers]
    sheet, told = ((tmp_path / "out" / name).read_text("utf-8") for name in ("sheet-02.html", "answers.html"))
    local = asked[0].answers[-1].text
    assert local in told and local not in sheet
    assert "http" not in sheet + told, "a sheet asks another host"


def test_every_chapter_with_figures_has_two_kinds() -> None:
    """The cross-reading counts nothing of its own; of chapters added later the command says that they have none."""
    have = pd.Series([maker.chapter for maker in MAKERS]).value_counts()
    lacking = [name for name in questions.in_book() if have.get(name, 0) < 2 and name < "09"]
    assert not lacking, f"fewer than two kinds of questions in book/_make/marking for: {lacking}"
    assert set(have.index) <= set(questions.in_book())


@pytest.mark.parametrize(("arguments", "words"), [((0,), "one student or more"), ((1, 0, ["77"]), "no questions for '77'"), ((1, 0, ["01"], SITE / "q"), "public site")])
def test_what_cannot_be_written_is_refused(arguments: tuple, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        questions.write(*arguments)


def test_the_site_holds_no_sheet_and_no_answer() -> None:
    assert not questions.OUT.resolve().is_relative_to(SITE.resolve())
    names = {path.name for path in SITE.rglob("*") if path.is_file()}
    assert "index.html" in names
    assert not {name for name in names if re.fullmatch(r"(sheet-\d+|sheets|answers)\.(html|md|csv)", name)}
    for page in SITE.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "Questions, sheet" not in text and "Show how you found each answer" not in text, f"{page.name} holds a sheet"
