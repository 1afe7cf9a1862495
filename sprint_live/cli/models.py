"""`sprint-live models`: what can be drawn with, and on which terms."""

from __future__ import annotations

import argparse
import json

NAME = "models"
HELP = "list the models: sizes, styles, licence, whether their weights are here"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: argparse.Namespace) -> int:
    from sprint_live.models.zoo import find_model, model_names

    for model in map(find_model, model_names()):
        here = (model.folder / "model_index.json").is_file()
        if args.json:
            entry = {
                "name": model.name,
                "title": model.title,
                "sizes": model.sizes,
                "styles": list(model.styles),
                "licence": model.licence,
                "folder": str(model.folder),
                "here": here,
            }
            print(json.dumps(entry))
            continue
        print(f"{model.name}  {model.title}")
        print(f"  weights  {model.folder if here else f'missing: {model.folder}'}")
        print(f"  sizes    {', '.join(map(str, model.sizes))} px")
        print(f"  styles   {', '.join(model.styles)}")
        print(f"  licence  {model.licence}")
    return 0
