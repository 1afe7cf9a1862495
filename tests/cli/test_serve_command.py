"""`sprint-live serve`: its options reach the server, the token's choice and the engine's process among them."""

from __future__ import annotations

import pytest

from sprint_live.cli import main


def test_serve_hands_its_options_over(monkeypatch, tiny_model_folder) -> None:
    seen = {}
    monkeypatch.setattr(
        "sprint_live.live.serve", lambda loader, **options: seen.update(loader=loader, **options), raising=False
    )
    assert main(["--port", "0", "--model", str(tiny_model_folder), "--no-open", "--device", "cpu"]) == 0
    assert seen["port"] == 0 and seen["host"] is None and seen["open_browser"] is False
    assert seen["loader"]().model.name == "sprint-random" and seen["loader"]().best_batch == 1
    assert (
        main(["--batch", "4", "--model", str(tiny_model_folder), "--no-open", "--device", "cpu"]) == 0
        and seen["loader"]().best_batch == 4
    )
    assert [
        main(["--batch", wrong, "--model", str(tiny_model_folder), "--no-open"]) for wrong in ("0", "17", "-1", "two")
    ] == [2] * 4


@pytest.mark.parametrize(
    ("flags", "expected"),
    [([], (None, False)), (["--token", "s3cret"], ("s3cret", False)), (["--no-token"], (None, True))],
)
def test_serve_hands_the_token_choice_to_the_server(monkeypatch, flags, expected):
    import sprint_live.live

    seen = {}
    monkeypatch.setattr(sprint_live.live, "serve", lambda load, **options: seen.update(options))
    assert main(["serve", "--no-open", *flags]) == 0
    assert (seen["token"], seen["no_token"]) == expected


def test_the_engine_gets_a_process_of_its_own_and_its_loader_can_go_there(monkeypatch, tiny_model_folder):
    import pickle

    import sprint_live.live

    seen = {}
    monkeypatch.setattr(sprint_live.live, "serve", lambda load, **options: seen.update(options, load=load))
    assert main(["serve", "--no-open", "--model", str(tiny_model_folder)]) == 0
    assert seen["isolate"] and not seen["log_json"] and seen["certificate"] is None
    assert pickle.loads(pickle.dumps(seen["load"])).func is seen["load"].func
    assert main(["serve", "--no-open", "--no-isolate", "--log-json", "--tls-cert", "c.pem", "--tls-key", "k.pem"]) == 0
    assert (
        not seen["isolate"] and seen["log_json"] and (str(seen["certificate"]), str(seen["key"])) == ("c.pem", "k.pem")
    )


def test_a_token_and_no_token_at_once_is_one_line_and_exit_code_2(capsys):
    assert main(["serve", "--token", "x", "--no-token"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
