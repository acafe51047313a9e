"""Lines of planted meetings made wrong on purpose: the checks of a model's lines let none of them pass as verified."""

from assistai import AssistAI, load_settings
from benchmarks.corruptions import NEVER, count
from benchmarks.gold import TRAPS, load_cases


def test_wrong_lines_are_not_verified_and_true_ones_mostly_are(tmp_path):
    cases = [case for case in load_cases(TRAPS / "meetings") if case.is_long][:4]
    counts = count(AssistAI(load_settings(data_dir=tmp_path)), cases)
    assert {kind: counts[kind][0] for kind in NEVER} == dict.fromkeys(NEVER, 0)
    assert all(counts[kind][1] > 5 for kind in NEVER)
    passed, total = counts["true"]
    assert passed > 0.9 * total
