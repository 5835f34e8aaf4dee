"""What may be kept as a photo: told by its first bytes, never by its name."""

from kordon.border.rules.refusals import PhotoTooLarge, PhotoUnknown

MAX_PHOTO = 8 * 1024 * 1024


def media_type_of(content: bytes) -> str:
    """``image/jpeg``, ``image/png`` or ``image/webp``. Raises ``Refusal`` for anything else."""
    if len(content) > MAX_PHOTO:
        raise PhotoTooLarge("A photo may have 8 MB at most.")
    if content[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    raise PhotoUnknown("Only JPEG, PNG and WebP photos are kept.")
