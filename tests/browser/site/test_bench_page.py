"""`?bench`: a table of this browser's speed that can be copied."""

from __future__ import annotations

import re

SECONDS = 180  # a browser that compiles the runtime on two busy cores


def test_the_bench_page_measures_every_stage_at_both_sizes_and_its_table_is_copied(browser, site):
    context = browser.new_context(locale="en-US", permissions=["clipboard-read", "clipboard-write"])
    page, trouble = context.new_page(), []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(f"{site}/?bench=1")
    page.wait_for_function("() => window.sprintLiveBench", timeout=1000 * SECONDS)
    found = page.evaluate("() => window.sprintLiveBench")
    assert [size["side"] for size in found["sizes"]] == [512, 1024] and found["runs"] == 1
    for size in found["sizes"]:
        ms = {stage: times["median"] for stage, times in size["ms"].items()}
        parts = sum(ms[stage] for stage in ("map", "encode", "denoise", "decode"))
        assert all(time > 0 for time in ms.values())
        assert 0.9 * ms["whole"] < parts <= ms["whole"], "the stages are the picture"
    small, large = (size["ms"]["whole"]["median"] for size in found["sizes"])
    assert large > 2 * small, "four times the pixels"
    page.click("button:has-text('Copy')")
    page.wait_for_selector("text=Copied")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert f"threads: {found['threads']}" in lines[1] and "Chrome" in lines[2]
    assert lines[-4].count("|") == lines[-1].count("|") == 7
    assert re.fullmatch(r"\| 1024 x 1024( \| [\d,]+ / [\d,]+){5} \|", lines[-1])
    assert not page.query_selector("canvas")
    context.close()
    assert not trouble
