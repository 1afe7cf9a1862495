"""Saves a pipeline: safetensors only, with the files that DiffusionPipeline needs to open it.

diffusers looks a pipeline's class up in its own namespace, or in a file of the folder that model_index.json names; and
a component's class in packages that it knows, or in a file of the component's folder. It runs such files only with
`trust_remote_code=True`. Ours hold one import each. `from_pretrained` of the pipeline itself never runs them.
"""

from __future__ import annotations

import json
from pathlib import Path

from sprint_live.errors import ArgumentError, refusal

PIPELINE_FILE = "pipeline.py"
PIPELINE_CLASS = "SanaSprintControlNetPipeline"
PIPELINE_MODULE = "sprint_live.pipeline.sana_sprint"
OUR_PACKAGES = ("sprint_live", "controlnet")
IMPORT = "from {module} import {name}  # noqa: F401\n"


class ModelFolderSaving:
    """`save_pretrained`, the files beside the weights, and `download` of what was saved."""

    def save_pretrained(
        self,
        save_directory: str | Path,
        safe_serialization: bool = True,
        variant: str | None = None,
        max_shard_size: int | str | None = None,
        push_to_hub: bool = False,
        use_flashpack: bool = False,
        *,
        repo_id: str | None = None,
        token: str | None = None,
        private: bool | None = None,
        create_pr: bool = False,
        commit_message: str | None = None,
    ) -> None:
        """Save all components as diffusers does, the weights always as safetensors: a pickle would not be read again.

        safe_serialization: not read. max_shard_size: such as "2GB".
        The arguments after use_flashpack are for push_to_hub.

        Raises:
            ArgumentError: use_flashpack, another format of weights.
        """
        if use_flashpack:
            raise ArgumentError(refusal(got="use_flashpack=True", accepted="safetensors", fix="leave it out"))
        hub = {"token": token, "private": private, "create_pr": create_pr, "commit_message": commit_message}
        if repo_id is not None:
            hub["repo_id"] = repo_id
        super().save_pretrained(
            str(save_directory), variant=variant, max_shard_size=max_shard_size, push_to_hub=push_to_hub, **hub
        )

    def save_config(self, save_directory: str | Path, push_to_hub: bool = False) -> None:
        """Write model_index.json and the files by which DiffusionPipeline finds this class and ours among the
        components.

        Called by `save_pretrained`, before anything is uploaded.
        """
        folder = Path(save_directory)
        folder.mkdir(parents=True, exist_ok=True)
        code = IMPORT.format(module=PIPELINE_MODULE, name=PIPELINE_CLASS)
        (folder / PIPELINE_FILE).write_text(code, encoding="utf-8")
        for name, declared in self.config.items():
            if isinstance(declared, list | tuple) and str(declared[0]).split(".")[0] in OUR_PACKAGES:
                code = IMPORT.format(module=declared[0], name=declared[1])
                (folder / name).mkdir(exist_ok=True)
                (folder / name / f"{declared[0]}.py").write_text(code, encoding="utf-8")
        super().save_config(save_directory, push_to_hub=push_to_hub)

    def to_json_string(self) -> str:
        """The text of model_index.json; its class is that of the file `pipeline.py`."""
        index = json.loads(super().to_json_string())
        index["_class_name"] = [Path(PIPELINE_FILE).stem, PIPELINE_CLASS]
        return json.dumps(index, indent=2, sort_keys=True) + "\n"

    @classmethod
    def _dict_from_json_file(cls, json_file: str | Path) -> dict[str, object]:
        """What `download` of diffusers reads: it would run `pipeline.py` and refuse packages that it does not know."""
        index = super()._dict_from_json_file(json_file)
        for name, declared in index.items():
            if isinstance(declared, list) and str(declared[0]).split(".")[0] in OUR_PACKAGES:
                index[name] = ["diffusers", declared[1]]
        return index | {"_class_name": PIPELINE_CLASS}
