"""Sealing: secrets as they are kept in the store, encrypted with the operator's keys."""

from typing import TYPE_CHECKING

from domain.errors import BadSetting

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

SECRET_KEY = "ZHUNSHI_SECRET_KEY"  # noqa: S105 - the name of the setting


class Seal:
    """Encrypts with the first of the keys, decrypts with any of them: so a key is changed in two steps.

    A service without other channels needs no key; only using the seal does.
    """

    def __init__(self, keys: str | None) -> None:
        """Args: keys, separated by commas, each 32 bytes in URL-safe base64."""
        self._keys = [key.strip() for key in (keys or "").split(",") if key.strip()]

    def close(self, secret: str) -> str:
        """The text to keep.

        Raises:
            BadSetting: no key is set, or one is no key.
        """
        return self._fernet().encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """The secret again.

        Raises:
            BadSetting: as above; or none of the keys has sealed it.
        """
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - only those pay who have a secret

        try:
            return self._fernet().decrypt(sealed).decode()
        except InvalidToken:
            raise BadSetting(
                f"{SECRET_KEY}: none of its keys fits what is kept; give the earlier key too, after a comma"
            ) from None

    def _fernet(self) -> "MultiFernet":
        from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415 - the same

        if not self._keys:
            raise BadSetting(f"{SECRET_KEY}: required to keep the addresses of other channels")
        try:
            return MultiFernet([Fernet(key) for key in self._keys])
        except ValueError:
            raise BadSetting(f"{SECRET_KEY}: not 32 bytes in URL-safe base64") from None
