"""The page at /docs, in a real browser that can reach nobody but the server."""

import re
import subprocess

from description import Description

CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--virtual-time-budget=20000"]  # fmt: skip


def browse(url: str, profile) -> tuple[str, list[str]]:
    """The page as its scripts have made it, and what it had to say to the console."""
    command = [*CHROMIUM, f"--user-data-dir={profile}", "--dump-dom", url]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def test_the_page_shows_every_method_and_is_content(server, tmp_path):
    page, complaints = browse(f"{server.address}/docs", tmp_path)
    shown = set(re.findall(r'data-path="([^"]*)"', page))
    described = Description.of(server).document
    assert shown == {*described["paths"], *described["webhooks"]}
    assert complaints == []


def test_the_error_codes_stand_behind_the_methods(server, tmp_path):
    page, complaints = browse(f"{server.address}/docs", tmp_path)
    section = page[page.index('id="error-codes"') : page.index('class="models"')]
    assert page.rindex('data-path="') < page.index(section)
    described = Description.of(server)
    explained = set(re.findall(r"<code>([A-Z]{3}-\d+)</code>", section))
    assert explained == {code for _, code in described.codes()}
    assert complaints == []


def test_a_method_opens_with_its_parts_and_errors(server, tmp_path):
    page, complaints = browse(f"{server.address}/docs#/Biometry/verify", tmp_path)
    for word in ("bio_template", "Content-Transfer-Encoding", "BPE-003002", 'type="file"', "Execute"):
        assert word in page, word
    assert complaints == []


def test_what_the_policy_forbids_would_be_seen(server, tmp_path):
    """The same policy over an inline script: the browser refuses it and says so where the tests above look."""
    answer = server.request("GET", "/docs")
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    broken = tmp_path / "broken.html"
    broken.write_text(f"<meta http-equiv='Content-Security-Policy' content=\"{answer.headers['Content-Security-Policy']}\">"
                      "<script>document.title = 'x'</script>")
    _, complaints = browse(broken.as_uri(), tmp_path / "profile")
    assert any("Content Security Policy" in line for line in complaints)
