"""Metadata in a JPEG for programs: how the picture was made, and that a machine made it. web/storage/metadata.js does
it for downloads.

Knows: JPEG segments, XMP.  Must not know: engines, requests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

__all__ = ["jpeg_with_facts"]

AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"  # IPTC's term
SEGMENT_NAME = b"http://ns.adobe.com/xap/1.0/\0"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def jpeg_with_facts(jpeg: bytes, facts: Mapping[str, str | int | float]) -> bytes:
    """The JPEG with an XMP packet after its first segment: the facts as sl:NAME attributes, and the AI mark."""
    own = " ".join(f"sl:{name}={quoteattr(NOT_XML.sub(' ', str(value)))}" for name, value in facts.items())
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
        f'xmlns:sl="urn:sprint-live:" xmp:CreatorTool="Sprint Live" ext:DigitalSourceType="{AI}" {own}/>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()
    segment = SEGMENT_NAME + packet
    after_first = 4 + int.from_bytes(jpeg[4:6], "big")
    return jpeg[:after_first] + b"\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment + jpeg[after_first:]
