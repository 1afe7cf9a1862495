"""Where pictures with captions come from: a folder with sidecar files, WebDataset tars, a Hugging Face datasets folder.

A source knows its number of samples before it reads one. If `read(i)` refuses a sample, the build goes on. The
webdataset package is not used: it reads members of any size into memory.

Knows: files and their layouts.  Must not know: pixels, control maps, shards.
"""

from __future__ import annotations

import tarfile
from pathlib import Path

from sprint_live.errors import InputError
from sprint_live.train.data.pictures import MAX_BYTES, UnusablePicture
from sprint_live.train.data.samples import CAPTION_KEYS, MAX_CAPTION_BYTES, Sample, caption_of, digest_of

PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".webp")


class FolderSource:
    """Pictures below a folder, each with NAME.txt or NAME.json beside it."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InputError(f"got {folder}; accepted: a folder of pictures; fix: check the path")
        self.folder = folder
        self.paths = sorted(
            path for path in folder.rglob("*") if path.suffix.lower() in PICTURE_ENDINGS and path.is_file()
        )
        if not self.paths:
            raise InputError(f"{folder} holds no {', '.join(PICTURE_ENDINGS)} files")

    def __len__(self) -> int:
        return len(self.paths)

    def name(self, index: int) -> str:
        """What the picture is called in reports."""
        return self.paths[index].relative_to(self.folder).as_posix()

    def read(self, index: int) -> Sample:
        """The encoded picture and its caption. Raises: UnusablePicture."""
        path = self.paths[index]
        try:
            if path.stat().st_size > MAX_BYTES:
                raise UnusablePicture(f"{path.stat().st_size} bytes; at most {MAX_BYTES}")
            for ending in (".txt", ".json"):
                sidecar = path.with_suffix(ending)
                if sidecar.is_file():
                    if sidecar.stat().st_size > MAX_CAPTION_BYTES:
                        raise UnusablePicture(
                            f"a caption file of {sidecar.stat().st_size} bytes; at most {MAX_CAPTION_BYTES}"
                        )
                    caption = caption_of(sidecar.name, sidecar.read_bytes(), is_json=ending == ".json")
                    return Sample(name=self.name(index), encoded=path.read_bytes(), caption=caption)
        except OSError as error:
            raise UnusablePicture(f"unreadable: {error}") from error
        raise UnusablePicture(f"no caption: neither {path.stem}.txt nor {path.stem}.json beside it")

    def digest(self) -> str:
        """Changes when the source's names or sizes change."""
        return digest_of([(self.name(index), path.stat().st_size) for index, path in enumerate(self.paths)])


class TarSource:
    """WebDataset tars, uncompressed: NAME.jpg beside NAME.txt or NAME.json. Only headers are read until a sample is."""

    def __init__(self, tars: list[Path]) -> None:
        self._samples: list[tuple[Path, str, dict[str, tuple[int, int]]]] = []  # (tar, key, ending -> (offset, size))
        for path in tars:
            try:
                with tarfile.open(path, "r:") as tar:
                    members = [(info.name, info.offset_data, info.size) for info in tar if info.isfile()]
            except (OSError, tarfile.TarError) as error:
                raise InputError(
                    f"{path} cannot be read as an uncompressed tar ({error}); fix: check the path, unpack .tar.gz"
                ) from error
            keys: dict[str, dict[str, tuple[int, int]]] = {}
            for name, offset, size in members:
                folder, _, base = name.rpartition("/")
                stem, _, ending = base.partition(".")
                keys.setdefault(f"{folder}/{stem}" if folder else stem, {})[f".{ending.lower()}"] = (offset, size)
            self._samples += [
                (path, key, parts) for key, parts in keys.items() if any(ending in parts for ending in PICTURE_ENDINGS)
            ]
        if not self._samples:
            raise InputError(
                f"no pictures in {', '.join(str(path) for path in tars)}; accepted: members ending in "
                f"{', '.join(PICTURE_ENDINGS)}"
            )

    def __len__(self) -> int:
        return len(self._samples)

    def name(self, index: int) -> str:
        """What the picture is called in reports."""
        return f"{self._samples[index][0].name}/{self._samples[index][1]}"

    def read(self, index: int) -> Sample:
        """The encoded picture and its caption. Raises: UnusablePicture."""
        path, key, parts = self._samples[index]
        picture = next(parts[ending] for ending in PICTURE_ENDINGS if ending in parts)
        for ending in (".txt", ".json"):
            if ending in parts:
                caption = caption_of(
                    f"{key}{ending}", _slice(path, parts[ending], MAX_CAPTION_BYTES), is_json=ending == ".json"
                )
                return Sample(name=self.name(index), encoded=_slice(path, picture, MAX_BYTES), caption=caption)
        raise UnusablePicture(f"no caption: neither {key}.txt nor {key}.json in {path.name}")

    def digest(self) -> str:
        """Changes when the source's names or sizes change."""
        return digest_of(
            [
                (self.name(index), sum(size for _, size in parts.values()))
                for index, (_, _, parts) in enumerate(self._samples)
            ]
        )


def _slice(path: Path, place: tuple[int, int], most: int) -> bytes:
    offset, size = place
    if size > most:
        raise UnusablePicture(f"{size} bytes; at most {most}")
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(size)


class DatasetSource:
    """A local folder of the Hugging Face datasets library (save_to_disk), or of .parquet files.

    The picture column is the first of type image. The caption column is the first of `CAPTION_KEYS` that exists.
    """

    def __init__(self, folder: Path) -> None:
        try:
            import datasets
        except ImportError as error:
            raise InputError(
                "reading a datasets folder needs the datasets package; fix: pip install datasets, or install "
                "sprint-live[train]"
            ) from error
        if not folder.is_dir():
            raise InputError(
                f"got {folder}; accepted: a datasets folder or a folder of .parquet files; fix: check the path"
            )
        parquet = sorted(str(path) for path in folder.rglob("*.parquet"))
        try:
            data = datasets.Dataset.from_parquet(parquet) if parquet else datasets.load_from_disk(str(folder))
        except (OSError, ValueError) as error:
            raise InputError(
                f"{folder} cannot be read as a dataset ({error}); fix: save it with Dataset.save_to_disk, or as parquet"
            ) from error
        if isinstance(data, datasets.DatasetDict):
            data = datasets.concatenate_datasets(list(data.values()))
        pictures = [name for name, feature in data.features.items() if isinstance(feature, datasets.Image)]
        captions = [name for name in CAPTION_KEYS if name in data.features]
        if not pictures or not captions:
            raise InputError(
                f"{folder} has the columns {', '.join(data.features)}; accepted: an image column, and one of "
                f"{', '.join(CAPTION_KEYS)}"
            )
        self._folder, self._picture, self._caption = folder, pictures[0], captions[0]
        self._data = data.select_columns([self._picture, self._caption]).cast_column(
            self._picture, datasets.Image(decode=False)
        )

    def __len__(self) -> int:
        return len(self._data)

    def name(self, index: int) -> str:
        """What the picture is called in reports."""
        return f"{self._folder.name}/row {index}"

    def read(self, index: int) -> Sample:
        """The encoded picture and its caption. Raises: UnusablePicture."""
        row = self._data[index]
        stored, caption = row[self._picture], row[self._caption]
        if not isinstance(caption, str):
            raise UnusablePicture("no caption")
        encoded = (stored or {}).get("bytes")
        if not encoded:
            raise UnusablePicture("the row holds no picture bytes")  # a path stored in a dataset is not followed
        return Sample(
            name=self.name(index),
            encoded=encoded,
            caption=caption_of(self.name(index), caption.encode(), is_json=False),
        )

    def digest(self) -> str:
        """Changes when the source's names or sizes change."""
        return digest_of(
            [
                (path.name, path.stat().st_size)
                for path in sorted(self._folder.rglob("*"))
                if path.suffix in (".parquet", ".arrow")
            ]
        )
