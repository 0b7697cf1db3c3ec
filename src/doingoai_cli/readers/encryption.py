"""Encrypted Office files (tệp đặt mật khẩu): opened only where Excel itself asks for no password."""

from io import BytesIO

from doingoai_cli.readers.unreadable import GiveUp, Reason, unreadable

# Excel encrypts a workbook whose structure is protected with this password, and opens it without asking.
_NOBODY_IS_ASKED = "VelvetSweatshop"


def without_password(data: bytes) -> bytes:
    """The file inside an encrypted one. Raises `GiveUp` where its password is not the default one."""
    from msoffcrypto import OfficeFile

    opened = BytesIO()
    try:
        file = OfficeFile(BytesIO(data))
        file.load_key(password=_NOBODY_IS_ASKED)
        file.decrypt(opened)
    except Exception:  # a wrong password is one of many ways in which msoffcrypto says no
        raise GiveUp(unreadable(Reason.ENCRYPTED)) from None
    return opened.getvalue()
