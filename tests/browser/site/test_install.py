"""The site as an app: Chromium finds nothing that keeps it from being installed, and the icons are the manifest's."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from support.browser.flags import FLAGS


@pytest.fixture
def installed_profile(browser, chromium_path, tmp_path):
    """A page in a profile of its own: Playwright's contexts are private windows, from which nothing is installed."""
    context = browser.browser_type.launch_persistent_context(
        str(tmp_path / "profile"), executable_path=chromium_path, args=FLAGS
    )
    yield context.new_page()
    context.close()


def test_chromium_can_install_the_site(installed_profile, site):
    page = installed_profile
    page.goto(site)
    page.wait_for_function("() => navigator.serviceWorker.controller")
    session = page.context.new_cdp_session(page)
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    answer = session.send("Page.getAppManifest")
    assert answer["errors"] == [] and answer["url"] == f"{site}/manifest.webmanifest"
    assert json.loads(answer["data"])["display"] == "standalone"


def test_each_icon_is_of_the_size_that_the_manifest_says(site_folder):
    icons = json.loads((site_folder / "manifest.webmanifest").read_text("utf-8"))["icons"]
    drawn = [icon for icon in icons if icon["type"] == "image/png"]
    assert {(icon["sizes"], icon["purpose"]) for icon in drawn} >= {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in drawn:
        with Image.open(site_folder / icon["src"]) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
            corner = picture.convert("RGBA").getpixel((0, 0))
        assert (corner[3] == 255) == (icon["purpose"] == "maskable"), "a mask may show a maskable icon's corners"
