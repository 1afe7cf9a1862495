"""The site's graphs: rewritten for a browser, made once, read from the cache from then on."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sprint_live.site import kept_graphs as kept

onnx = pytest.importorskip("onnx")


def test_the_sites_graphs_are_rewritten_for_a_browser_and_made_once(monkeypatch, tmp_path):
    made = []

    def checked_graphs(model_name, *, winograd=False):
        made.append((model_name, winograd))
        for name in kept.NAMES:
            yield name, SimpleNamespace(model=onnx.ModelProto(producer_name=name))

    monkeypatch.setattr(kept, "checked_graphs", checked_graphs)
    monkeypatch.setattr(kept, "own_cache", lambda _: tmp_path)
    for _ in range(2):
        graphs = kept.kept_graphs("sprint-tiny")
        assert {name: graph.producer_name for name, graph in graphs.items()} == {name: name for name in kept.NAMES}
    assert made == [("sprint-tiny", True)]
