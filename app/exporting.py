"""`zhunshi export yaml`: the policies held, as catalogue files."""

from pathlib import Path

from app.settings import load_settings
from app.store import open_store_to_read
from domain.errors import BadInput
from storage.catalogue import dumps
from storage.policies import load_policies


async def export_yaml(folder: Path | None) -> str:
    """Write one file a policy into `folder`; returns what to print: the files, or with no folder all text.

    Raises:
        BadInput: a setting or the store can't be used, or the folder can't be written to.
    """
    async with open_store_to_read(load_settings()) as database:
        texts = {f"{policy.id}.yaml": dumps(policy) for policy in await load_policies(database)}
    if folder is None:
        return "---\n".join(texts.values())
    return _write(folder, texts)


def _write(folder: Path, texts: dict[str, str]) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"--to {folder}: {error.strerror}") from error
    return "".join(f"{folder / name}\n" for name in texts)
