"""Media made to hurt: the server stays healthy and keeps its size."""

import io
import random
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import cv2
import media
import numpy as np
import pytest
from faceward_client import LIVENESS, Part, Server
from test_media import VIDEOS


SHORTEST_JPEG = b"\xff\xd8\xff\xd9"


@pytest.fixture(scope="module")
def own(packs):
    running = Server(packs / "default", "--profile", "fast")
    yield running
    assert running.stop() == 0


def memory_mb(server: Server) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def healthy(server: Server) -> bool:
    return server.request("GET", LIVENESS + "health").json()["status"] == 0


def refused(server: Server, content: bytes) -> str:
    answer = server.detect([Part("a", content)])
    assert answer.error() == (400, "LDE-002004"), answer.body
    return answer.json()["message"]


def test_zip_bombs(own):
    assert "too many bytes" in refused(own, media.zipped({"1.png": b"\x89PNG\r\n\x1a\n" + bytes(300_000_000)}))
    assert "too many bytes" in refused(own, media.tarred({"1.png": b"\x89PNG\r\n\x1a\n" + bytes(50_000_000)}, "w:gz"))


def test_a_hundred_thousand_entries(own):
    assert "more than 1000 entries" in refused(own, media.zipped({f"{i}.jpg": SHORTEST_JPEG for i in range(100_000)}, zipfile.ZIP_STORED))


def test_names_that_climb(own, faces):
    image = media.jpeg(faces["obama"])
    climbing = {"../../../../etc/cron.d/x.jpg": image, "/etc/x.jpg": image, "a\\..\\b.jpg": image}
    assert own.detect([Part("a", media.zipped(climbing))]).status == 200
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        link = tarfile.TarInfo("a.jpg")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert "no plain file" in refused(own, packed.getvalue())


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", b"x")


def test_huge_pictures_that_are_only_claimed(own):
    huge_jpeg = bytes.fromhex("ffd8ffc0001108ffdcffdc03011100021100031100") + b"\xff\xd9"
    for picture in (png_header(65_500, 65_500), png_header(2**31 - 1, 2**31 - 1), huge_jpeg):
        refused(own, picture)
        refused(own, media.zipped({"1.jpg": picture}))


@pytest.mark.parametrize("name", ["clip.mp4", "hevc.mkv", "vp8.webm", "vp9.webm", "mpeg4.avi", "mjpeg.avi", "mpeg2.ts",
                                  "mpeg1.mpg", "h263.3gp", "av1.mkv"])
def test_streams_changed_at_random(own, sway, workshop, name):
    """Small pictures, of which more are hit; in those of H.263, which are made large, faces are judged."""
    small = [cv2.resize(frame, (160, 120), interpolation=cv2.INTER_AREA) for frame in sway[: media.RATE]]
    whole = media.video(workshop / f"hostile-{name}", small, *VIDEOS[name][1])
    random_bytes = random.Random(name)
    for round_number in range(12):
        changed = bytearray(whole)
        for _ in range(random_bytes.choice([1, 10, 100, 1000])):
            changed[random_bytes.randrange(len(changed))] = random_bytes.randrange(256)
        if round_number % 3 == 2:
            del changed[random_bytes.randrange(len(changed)) :]
        answer = own.detect([Part("a", bytes(changed))])
        assert answer.status in (200, 400), (round_number, answer.body)
        if answer.status == 400:
            assert answer.error()[1] == "LDE-002004"
    assert healthy(own)


def test_archives_changed_at_random(own, shots):
    random_bytes = random.Random(11)
    for whole in (media.zipped(dict(list(shots.items())[:4])), media.tarred(dict(list(shots.items())[:4]), "w:xz")):
        for _ in range(12):
            changed = bytearray(whole)
            for _ in range(random_bytes.choice([1, 5, 50])):
                changed[random_bytes.randrange(len(changed))] = random_bytes.randrange(256)
            assert own.detect([Part("a", bytes(changed))]).status in (200, 400)
    assert healthy(own)


ALL_SHOTS = {"analyses": [{"type": "quality", "params": {"extract_best_shot": True}}] * 100}


def peak_memory_mb(server: Server) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def test_answers_do_not_outgrow_memory(packs, faces):
    own = Server(packs / "default", "--profile", "fast", "--workers", "1")
    one = Part("a", media.jpeg(faces["obama"]))
    assert own.detect([one]).status == 200
    before = peak_memory_mb(own)
    many = ",".join(["{}"] * 300_000)
    answer = own.detect([one], '{"media:meta_data": {"a": {"x": [%s]}}, "analyses": [%s]}' % (many, ",".join(['{"type": "quality"}'] * 100)))
    assert answer.error() == (400, "LDE-002006") and "too large for so many analyses" in answer.json()["message"]
    answer = own.detect([Part(f"{i}", one.body) for i in range(11)], ALL_SHOTS)
    assert answer.error() == (400, "LDE-002006") and "1000 results" in answer.json()["message"]
    assert peak_memory_mb(own) < before + 100
    assert own.stop() == 0


def test_best_shots_of_large_frames(packs, faces):
    own = Server(packs / "default", "--profile", "fast", "--workers", "1")
    large = cv2.resize(faces["obama"], (4800, 3600), interpolation=cv2.INTER_CUBIC)
    archive = media.zipped({"1.jpg": media.jpeg(large, 60)})
    once = {"analyses": ALL_SHOTS["analyses"][:1]}
    assert own.detect([Part("a", archive)], once).status == 200
    before = peak_memory_mb(own)
    assert own.detect([Part(f"{i}", archive) for i in range(12)], once).status == 200
    assert peak_memory_mb(own) < before + 150, "the pixels of twelve are 620 MB"
    noisy = cv2.add(large, np.random.default_rng(3).integers(0, 60, large.shape, np.uint8))
    answer = own.detect([Part("a", media.zipped({"1.jpg": media.jpeg(noisy, 60)}))], ALL_SHOTS)
    assert answer.error() == (400, "LDE-002006") and "64 MiB" in answer.json()["message"]
    assert own.stop() == 0


def test_the_server_keeps_its_size(own, clip):
    body = Part("a", clip)
    assert own.detect([body]).status == 200
    before = memory_mb(own)
    for _ in range(15):
        assert own.detect([body]).status == 200
        refused(own, b"\x1f\x8b" + bytes(2000))
    assert memory_mb(own) < before + 20
    assert healthy(own)


def test_an_endless_video(own, workshop):
    # Longer than the limit of 120 s, and within it more frames than 10,000.
    for seconds, rate, reason in ((130, 2, "longer than 120 seconds"), (110, 100, "more than 10000 frames")):
        tiny = [np.full((16, 16, 3), i % 256, np.uint8) for i in range(seconds * rate)]
        for name in ("endless.mp4", "endless.mkv"):
            assert reason in refused(own, media.video(workshop / name, tiny, "-c:v", "mpeg4", rate=rate))
    assert healthy(own)


def test_what_is_skipped_of_an_archive_counts(own):
    one = {"1.jpg": SHORTEST_JPEG}
    for bomb in (media.tarred({".hidden": bytes(50_000_000)} | one, "w:gz"), media.zipped({"__MACOSX/hidden": bytes(50_000_000)} | one)):
        message = refused(own, bomb)
        assert "too many bytes" in message and "hidden" not in message


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def private_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private")) / 1024


def decoders(server: Server) -> list[int]:
    return [decoder for launcher in children(server.process.pid) for decoder in children(launcher)]


def memory_of_all_mb(server: Server) -> float:
    """What the server, its launcher and its decoders have for themselves, while none of them is on its way out."""
    while True:
        try:
            return sum(private_mb(pid) for pid in (server.process.pid, *children(server.process.pid), *decoders(server)))
        except (FileNotFoundError, ProcessLookupError):
            continue


def spoilt(whole: bytes, changes: int, chance: random.Random) -> bytes:
    changed = bytearray(whole)
    for _ in range(changes):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def test_server_and_decoders_keep_their_size_over_spoilt_media(packs, sway, shots, workshop):
    server = Server(packs / "default", "--profile", "fast", "--workers", "2")
    small = [cv2.resize(frame, (160, 120), interpolation=cv2.INTER_AREA) for frame in sway[:25]]
    whole = [media.video(workshop / f"spoilt-{name}", small, *VIDEOS[name][1]) for name in ("clip.mp4", "vp9.webm", "mjpeg.avi", "mpeg2.ts")]
    few = dict(list(shots.items())[:4])
    whole += [media.tarred(few, "w:xz"), media.zipped(few), media.jpeg(sway[0])]
    chance = random.Random(7)
    sizes = []
    for _ in range(3):
        for changes in (0, 10, 1000):
            for content in whole:
                assert server.detect([Part("a", spoilt(content, changes, chance))]).status in (200, 400)
        sizes.append(memory_of_all_mb(server))
    assert len(decoders(server)) == 2
    assert max(sizes[1:]) < sizes[0] + 20, sizes
    assert server.stop() == 0
